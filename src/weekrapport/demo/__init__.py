"""The demonstration: a fictional organisation whose exports look like real ones."""

from weekrapport.demo.workspace import write_demo

__all__ = ["write_demo"]
