import CZlib
import Wire

/// Requests that clients compress: those of operations whose models say so (CloudWatch's PutMetricData beyond 10 KB).
///
/// The signature covers the bytes as they were sent, so they are kept beside the content.
enum ContentEncoding {
  /// The content of a body, if it is compressed in a way that is known; nothing if it isn't.
  /// - Parameter limit: bytes that the content may have.
  /// - Throws: `SerializationException` for what can't be read, `RequestEntityTooLarge` for more than `limit`.
  static func content(of body: [UInt8], encoding: String?, limit: Int) throws(AWSError) -> [UInt8]? {
    guard let encoding = encoding?.lowercased(), encoding == "gzip", !body.isEmpty else { return nil }
    // By pointer, for zlib keeps its state's address.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    // 16 and more: a gzip header is expected.
    guard inflateInit2_(stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .internalFailure("zlib could not be started")
    }
    defer { inflateEnd(stream) }
    var input = body
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    var code = Z_OK
    input.withUnsafeMutableBufferPointer { source in
      stream.pointee.next_in = source.baseAddress
      stream.pointee.avail_in = UInt32(source.count)
      while code == Z_OK, content.count <= limit {
        let written = piece.withUnsafeMutableBufferPointer { target in
          stream.pointee.next_out = target.baseAddress
          stream.pointee.avail_out = UInt32(target.count)
          code = inflate(stream, Z_NO_FLUSH)
          return target.count - Int(stream.pointee.avail_out)
        }
        content.append(contentsOf: piece[..<written])
        if written == 0, stream.pointee.avail_in == 0 { break }
      }
    }
    if content.count > limit {
      throw AWSError("RequestEntityTooLarge", "The decompressed request exceeds \(limit) bytes.", status: 413)
    }
    guard code == Z_STREAM_END else {
      throw AWSError("SerializationException", "The compressed request cannot be read.", status: 400)
    }
    return content
  }
}
