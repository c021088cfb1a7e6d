"""How good the record's evidence is, said in public."""
