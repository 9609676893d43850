// Flags only: see Package.swift.
