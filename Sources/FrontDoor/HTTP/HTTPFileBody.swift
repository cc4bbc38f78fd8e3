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
  }

  /// Owns a descriptor.
  final class OpenFile: Sendable {
    let handle: NIOFileHandle

    init(_ descriptor: Int32) {
      handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: descriptor)
    }

    deinit {
      // Fails only when a system call still holds the descriptor, which the sender's own reference rules out.
      try? handle.close()
    }
  }
}
