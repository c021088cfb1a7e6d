"""What readers can add: an address and a sentence, without account, cookie or JavaScript."""
