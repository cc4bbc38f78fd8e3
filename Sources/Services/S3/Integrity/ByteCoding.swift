import Cloud
import Foundation

/// Writes the compact form of records on the hot path: varints, and byte strings with their length in front.
struct ByteEncoder {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

  mutating func write(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A number that isn't negative; negative ones are written as 0.
  mutating func write(_ value: Int64) { write(UInt64(max(0, value))) }

  mutating func write(_ value: [UInt8]) {
    write(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  mutating func write(_ value: String) {
    write(UInt64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  mutating func write(_ value: String?) {
    write(UInt64(value == nil ? 0 : 1))
    if let value { write(value) }
  }

  mutating func write(_ pairs: [(String, String)]) {
    write(UInt64(pairs.count))
    for (name, value) in pairs {
      write(name)
      write(value)
    }
  }
}

/// Reads what ``ByteEncoder`` wrote; a record that ends too early is an error, never a trap.
struct ByteDecoder {
  /// The stored form isn't what this version writes.
  struct Malformed: Swift.Error {}

  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func number() throws -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count, shift < 64 {
      let byte = bytes[index]
      index += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Malformed()
  }

  mutating func integer() throws -> Int64 { Int64(clamping: try number()) }

  /// A number of elements that follow, each of at least a byte.
  mutating func count() throws -> Int {
    let value = try number()
    guard value <= UInt64(bytes.count - index) else { throw Malformed() }
    return Int(value)
  }

  mutating func byteString() throws -> [UInt8] {
    let length = try count()
    defer { index += length }
    return Array(bytes[index..<(index + length)])
  }

  mutating func string() throws -> String {
    let length = try count()
    defer { index += length }
    return String(decoding: bytes[index..<(index + length)], as: UTF8.self)
  }

  mutating func optionalString() throws -> String? { try number() == 0 ? nil : try string() }

  mutating func pairs() throws -> [(String, String)] {
    let count = try count()
    var result: [(String, String)] = []
    result.reserveCapacity(count)
    for _ in 0..<count { result.append((try string(), try string())) }
    return result
  }

  mutating func blobID() throws -> BlobID { try BlobID(from: OneString(value: try string())) }
}

/// A decoder of one string, for identifiers that are read through `Codable`.
private struct OneString: Decoder, SingleValueDecodingContainer {
  let value: String
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<K: CodingKey>(keyedBy type: K.Type) throws -> KeyedDecodingContainer<K> {
    throw ByteDecoder.Malformed()
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw ByteDecoder.Malformed() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
  func decodeNil() -> Bool { false }
  func decode(_ type: String.Type) throws -> String { value }
  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    guard let value = value as? T else { throw ByteDecoder.Malformed() }
    return value
  }
}
