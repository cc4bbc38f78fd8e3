import CZlib
import Checksums
import Foundation
import Wire

/// What a subscription sends: events as JSON, packed with gzip. Pure.
///
/// AWS: user guide, "Log group-level subscription filters": the members of the message; Lambda gets it in base64 as
/// `{"awslogs": {"data": …}}`.
struct SubscriptionPayload: Sendable {
  /// AWS: `CONTROL_MESSAGE` "is for checking if the destination is reachable".
  enum Kind: String, Sendable {
    case data = "DATA_MESSAGE"
    case control = "CONTROL_MESSAGE"
  }

  var kind: Kind
  /// Whose group it is.
  var owner: String
  var group: String
  var stream: String
  var filters: [String]
  var events: [(id: String, time: Int64, message: String)]

  var json: JSONValue {
    .object([
      .init("messageType", .string(kind.rawValue)), .init("owner", .string(owner)), .init("logGroup", .string(group)),
      .init("logStream", .string(stream)), .init("subscriptionFilters", .array(filters.map { .string($0) })),
      .init(
        "logEvents",
        .array(
          events.map {
            .object([
              .init("id", .string($0.id)), .init("timestamp", .integer($0.time)), .init("message", .string($0.message)),
            ])
          })),
    ])
  }

  /// Packed.
  var bytes: [UInt8] { Gzip.packed(Array(json.text.utf8)) }

  /// The event of a Lambda function.
  var lambdaEvent: JSONValue {
    .object([.init("awslogs", .object([.init("data", .string(Base64.encode(bytes)))]))])
  }
}

/// Packs bytes as gzip does.
enum Gzip {
  static func packed(_ bytes: [UInt8]) -> [UInt8] {
    // By pointer, for zlib keeps its state's address.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    // 16 and more: with gzip's header.
    guard
      deflateInit2_(
        stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { preconditionFailure("zlib has no memory") }
    defer { deflateEnd(stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(stream, UInt(bytes.count))) + 32)
    let written = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.pointee.next_in = source.baseAddress
        stream.pointee.avail_in = UInt32(clamping: source.count)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(clamping: target.count)
        _ = deflate(stream, Z_FINISH)
        return target.count - Int(stream.pointee.avail_out)
      }
    }
    return Array(output[..<written])
  }
}
