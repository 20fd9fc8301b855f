"""Trains the parser that whoholds ships. Users never need this package; it wants PyTorch.

Takes: treebanks and name corpora in the folder given by ``--data``.
Gives: a checkpoint, then an ONNX file and its labels, then a model card.
Never: imported by ``whoholds``; never reads a corpus whose licence forbids shipped weights.
"""
