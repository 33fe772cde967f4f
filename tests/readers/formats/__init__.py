"""Strict readers of export formats, each written from the format's own specification.

A module FORMAT offers:
  read(root) -> [Picture]   or FormatError, which names what is wrong; `root` is a dataset in the format
  TINY                      folder of the same format in shared/formats-tiny, None where it has none
  LOSS                      what the format cannot say, and why: what a comparison must not ask for
  IGNORED                   "dropped", or "marked" where the format has a mark for ignored objects
  MUTATIONS                 [(name, function(root) that breaks the files, words of the refusal)]
"""
