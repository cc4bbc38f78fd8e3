import CZlib
import Wire

/// Packs files as gzip does.
enum Gzip {
  /// - Throws: `InternalFailure` if there is no memory for it.
  static func pack(_ bytes: [UInt8]) throws(AWSError) -> [UInt8] {
    var stream = z_stream()
    // 16 more than the largest window means the format of gzip. Level 1: files are many, and their reader is near.
    guard
      deflateInit2_(
        &stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { throw .internalFailure("A file cannot be packed.") }
    defer { deflateEnd(&stream) }
    var result = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    var input = bytes
    let status = input.withUnsafeMutableBufferPointer { input -> Int32 in
      result.withUnsafeMutableBufferPointer { output -> Int32 in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return deflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END else { throw .internalFailure("A file cannot be packed.") }
    result.removeLast(result.count - Int(stream.total_out))
    return result
  }
}
