import CZlib

/// Why a log could not be read.
public struct TrailProblem: Error, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// Bytes piece by piece, unpacked if they are gzip: a log need not fit into memory.
public struct LogBytes: ~Copyable {
  private enum Source {
    /// zlib's own reader, which passes over files that aren't packed.
    case file(gzFile, name: String)
    /// What is left of bytes in memory, with an unpacker if they are packed.
    case memory(ArraySlice<UInt8>, Unpacker?)
  }

  private var source: Source

  /// Opens a file, packed or not.
  public init(file path: String) throws(TrailProblem) {
    guard let file = gzopen(path, "rb") else { throw TrailProblem("\(path) cannot be opened.") }
    gzbuffer(file, 1 << 17)
    source = .file(file, name: path)
  }

  /// Reads bytes that are there, packed or not.
  public init(_ bytes: [UInt8]) throws(TrailProblem) {
    source = .memory(bytes[...], bytes.starts(with: [0x1F, 0x8B]) ? try Unpacker() : nil)
  }

  deinit {
    switch source {
    case .file(let file, _): gzclose(file)
    case .memory(_, let unpacker): unpacker?.close()
    }
  }

  /// Fills a buffer as far as bytes are there.
  /// - Returns: how many were; 0 at the end.
  public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(TrailProblem) -> Int {
    switch source {
    case .file(let file, let name):
      let count = gzread(file, buffer.baseAddress, UInt32(clamping: buffer.count))
      guard count >= 0 else { throw TrailProblem("\(name) cannot be unpacked.") }
      // A file that ends in the middle gives what it has, and then says so.
      if count == 0 {
        var code: Int32 = 0
        _ = gzerror(file, &code)
        if code == Z_BUF_ERROR { throw TrailProblem("\(name) ends in the middle.") }
      }
      return Int(count)
    case .memory(var rest, let unpacker):
      defer { source = .memory(rest, unpacker) }
      if let unpacker { return try unpacker.read(&rest, into: buffer) }
      let count = min(rest.count, buffer.count)
      buffer.copyBytes(from: rest.prefix(count))
      rest.removeFirst(count)
      return count
    }
  }

  /// zlib's state. A class, for zlib keeps its address.
  private final class Unpacker {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var isAtEnd = false

    init() throws(TrailProblem) {
      stream.initialize(to: z_stream())
      // 32 on top of the window size: find out by the head whether it is gzip or zlib.
      let code = inflateInit2_(stream, MAX_WBITS + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard code == Z_OK else { throw TrailProblem("zlib cannot be started.") }
    }

    func close() {
      inflateEnd(stream)
      stream.deallocate()
    }

    func read(
      _ rest: inout ArraySlice<UInt8>, into buffer: UnsafeMutableRawBufferPointer
    ) throws(TrailProblem) -> Int {
      guard !isAtEnd else { return 0 }
      stream.pointee.next_out = buffer.bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_out = UInt32(clamping: buffer.count)
      let room = stream.pointee.avail_out
      var code = Z_OK
      let used = rest.withUnsafeBufferPointer { bytes in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = UInt32(clamping: bytes.count)
        let given = stream.pointee.avail_in
        code = inflate(stream, Z_NO_FLUSH)
        return Int(given - stream.pointee.avail_in)
      }
      rest.removeFirst(used)
      if code == Z_STREAM_END {
        // Packed files may stand one behind the other.
        if rest.isEmpty { isAtEnd = true } else { inflateReset(stream) }
      } else if code != Z_OK {
        throw TrailProblem(code == Z_BUF_ERROR ? "The log ends in the middle." : "The log cannot be unpacked.")
      }
      let count = Int(room - stream.pointee.avail_out)
      return count == 0 && !isAtEnd ? try read(&rest, into: buffer) : count
    }
  }
}
