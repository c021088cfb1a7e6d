"""Bar charts of what profiles list, each with its sources in the picture: inline, as SVG, PNG and CSV."""
