/// Pixel loops, in a target of their own so that they are optimised in a debug build too.
public enum Painting {}
