"""Importing the U.S. Geological Survey's Mineral Resources Data System (MRDS) as a reference layer.

https://mrdata.usgs.gov/mrds/ says what its columns mean; the Survey ceased systematic updates in 2011.
"""
