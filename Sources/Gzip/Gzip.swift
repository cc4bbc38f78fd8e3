import CZlib

/// Bytes packed as gzip does.
public enum Gzip {
  /// zlib had no memory.
  public struct Failure: Error {}

  /// - Parameter level: how hard to try, from 1 for quick to 9 for small.
  /// - Throws: ``Failure`` if there is no memory for it.
  public static func packed(_ bytes: [UInt8], level: Int32 = Z_DEFAULT_COMPRESSION) throws(Failure) -> [UInt8] {
    // By pointer, for zlib keeps its state's address.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    // 16 more than the largest window means the format of gzip.
    guard
      deflateInit2_(
        stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw Failure() }
    defer { deflateEnd(stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(stream, UInt(bytes.count))))
    let status = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.pointee.next_in = source.baseAddress
        stream.pointee.avail_in = UInt32(source.count)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(target.count)
        return deflate(stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END else { throw Failure() }
    output.removeLast(output.count - Int(stream.pointee.total_out))
    return output
  }
}
