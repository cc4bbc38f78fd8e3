import Foundation

/// Writes the compact stored form of what is on SQS's hot path: fixed-width integers, and strings behind their length.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func integer(_ value: Int64) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func unsigned(_ value: UInt64) { integer(Int64(bitPattern: value)) }

  mutating func short(_ value: Int32) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func raw(_ value: [UInt8]) {
    short(Int32(value.count))
    bytes.append(contentsOf: value)
  }

  mutating func string(_ value: String) {
    var value = value
    value.withUTF8 { buffer in
      short(Int32(buffer.count))
      bytes.append(contentsOf: buffer)
    }
  }

  mutating func optional(_ value: String?) {
    byte(value == nil ? 0 : 1)
    if let value { string(value) }
  }
}

/// Reads what a ``ByteWriter`` wrote.
struct ByteReader {
  /// The stored form ended early or makes no sense.
  struct Damaged: Error {}

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  init(_ data: Data) { bytes = [UInt8](data) }

  mutating func byte() throws(Damaged) -> UInt8 {
    guard position < bytes.count else { throw Damaged() }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func integer() throws(Damaged) -> Int64 {
    guard position + 8 <= bytes.count else { throw Damaged() }
    defer { position += 8 }
    return Int64(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: Int64.self) })
  }

  mutating func unsigned() throws(Damaged) -> UInt64 { UInt64(bitPattern: try integer()) }

  mutating func short() throws(Damaged) -> Int32 {
    guard position + 4 <= bytes.count else { throw Damaged() }
    defer { position += 4 }
    return Int32(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: Int32.self) })
  }

  mutating func raw() throws(Damaged) -> [UInt8] {
    let count = Int(try short())
    guard count >= 0, position + count <= bytes.count else { throw Damaged() }
    defer { position += count }
    return Array(bytes[position..<(position + count)])
  }

  mutating func string() throws(Damaged) -> String {
    let count = Int(try short())
    guard count >= 0, position + count <= bytes.count else { throw Damaged() }
    defer { position += count }
    return String(decoding: bytes[position..<(position + count)], as: UTF8.self)
  }

  mutating func optional() throws(Damaged) -> String? { try byte() == 0 ? nil : try string() }
}
