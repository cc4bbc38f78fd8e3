import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A part of an open file as a response body. The descriptor is closed when the last reference to it goes.
public struct HTTPFileBody: Sendable {
  /// Where the part begins, in bytes.
  public let offset: Int
  /// How many bytes are sent.
  public let length: Int
  let file: OpenFile

  /// Why a file cannot be a body.
  public enum Failure: Error, Equatable, Sendable {
    /// `open` or `fstat` failed with this errno.
    case system(errno: Int32)
    /// The file ends before `offset + length`; its real size in bytes.
    case outsideFile(size: Int)
  }

  /// Opens the file at `path` and takes the part from `offset`, `length` bytes long (nil: to the end).
  public init(path: String, offset: Int = 0, length: Int? = nil) throws(Failure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno: errno) }
    try self.init(takingOwnershipOf: descriptor, offset: offset, length: length)
  }

  /// Takes over an open descriptor: it is closed after use, also when this initialiser throws. Its file position is
  /// neither used nor moved.
  public init(takingOwnershipOf descriptor: Int32, offset: Int = 0, length: Int? = nil) throws(Failure) {
    file = OpenFile(descriptor)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(errno: errno) }
    let size = Int(status.st_size)
    // Checked here because `sendfile` past the end of a file would make no progress and no error.
    guard (0...size).contains(offset) else { throw .outsideFile(size: size) }
    let wanted = length ?? size - offset
    guard (0...(size - offset)).contains(wanted) else { throw .outsideFile(size: size) }
    self.offset = offset
    self.length = wanted
    #if os(Linux)
      // More read-ahead: with a cold cache the next chunk is under way while this one is sent.
      posix_fadvise(descriptor, off_t(offset), off_t(wanted), POSIX_FADV_SEQUENTIAL)
    #endif
  }

  /// Appends bytes of this part to `buffer`; fails when the file has been cut short meanwhile.
  ///
  /// The read is synchronous: nearly always the bytes are in the page cache, and a thread switch would cost more than
  /// the copy. (`sendfile`, which waits for a cold disk just the same, costs the server half the CPU but gives a client
  /// on the same machine a fifth less throughput: docs/measurements/front-door.md.)
  ///
  /// - Parameters:
  ///   - position: bytes from the beginning of the part.
  ///   - count: the most bytes to read.
  func read(from position: Int, atMost count: Int, into buffer: inout ByteBuffer) throws(Failure) {
    let wanted = min(count, length - position)
    let start = off_t(offset + position)
    var got = 0
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { bytes in
      got = pread(file.descriptor, bytes.baseAddress, wanted, start)
      return max(0, got)
    }
    guard got != 0 else { throw .outsideFile(size: offset + position) }
    guard got > 0 else { throw .system(errno: errno) }
  }

  /// Owns a descriptor.
  final class OpenFile: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) {
      self.descriptor = descriptor
    }

    deinit {
      close(descriptor)
    }
  }
}
