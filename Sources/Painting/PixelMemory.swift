internal import Glibc

/// Memory for pictures straight from the kernel: page-aligned, zeroed, and really given back when it is released.
///
/// The heap keeps blocks of a few megabytes for later once some were freed, which here was a third of the process.
///
/// `@unchecked Sendable`: it only owns the memory; who may write to it is its holder's business.
public final class PixelMemory: @unchecked Sendable {
    /// The first byte.
    public let base: UnsafeMutableRawPointer
    private let size: Int

    /// Maps `size` bytes; nil when there is no memory.
    public init?(size: Int) {
        let mapped = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapped, mapped != MAP_FAILED else { return nil }
        base = mapped
        self.size = size
    }

    deinit { munmap(base, size) }
}
