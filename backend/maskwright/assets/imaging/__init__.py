"""From bytes that a stranger sent to what a browser can show. No database, no network.

formats     what a file is, told from its first bytes
structure   whether a file is whole, told without decoding it
probe       size, mode and orientation, told from headers alone
source      the decoded image, upright and in 8 bits, region by region
renditions  display, thumbnail and tiles
pyramid     all tiles of an image in one file
"""
