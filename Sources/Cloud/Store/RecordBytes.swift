import Foundation

/// Writes the compact stored form of records on a hot path: fixed-width integers, and strings behind their length.
public struct RecordWriter {
  public private(set) var bytes: [UInt8] = []

  public init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// What was written.
  public var data: Data { Data(bytes) }

  public mutating func byte(_ value: UInt8) { bytes.append(value) }

  public mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }

  public mutating func integer(_ value: Int64) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  public mutating func short(_ value: Int32) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  public mutating func raw(_ value: [UInt8]) {
    short(Int32(value.count))
    bytes.append(contentsOf: value)
  }

  public mutating func string(_ value: String) {
    var value = value
    value.withUTF8 { buffer in
      short(Int32(buffer.count))
      bytes.append(contentsOf: buffer)
    }
  }

  public mutating func optional(_ value: String?) {
    bool(value != nil)
    if let value { string(value) }
  }

  public mutating func optional(_ value: Int64?) {
    bool(value != nil)
    if let value { integer(value) }
  }
}

/// Reads what a ``RecordWriter`` wrote.
public struct RecordReader {
  /// The stored form ended early or makes no sense.
  public struct Damaged: Error {
    public init() {}
  }

  private let bytes: [UInt8]
  private var position = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public init(_ data: Data) { bytes = [UInt8](data) }

  public mutating func byte() throws(Damaged) -> UInt8 {
    guard position < bytes.count else { throw Damaged() }
    defer { position += 1 }
    return bytes[position]
  }

  public mutating func bool() throws(Damaged) -> Bool { try byte() == 1 }

  public mutating func integer() throws(Damaged) -> Int64 {
    guard position + 8 <= bytes.count else { throw Damaged() }
    defer { position += 8 }
    return Int64(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: Int64.self) })
  }

  public mutating func short() throws(Damaged) -> Int32 {
    guard position + 4 <= bytes.count else { throw Damaged() }
    defer { position += 4 }
    return Int32(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: Int32.self) })
  }

  public mutating func raw() throws(Damaged) -> [UInt8] { Array(bytes[try range()]) }

  public mutating func string() throws(Damaged) -> String { String(decoding: bytes[try range()], as: UTF8.self) }

  public mutating func optional() throws(Damaged) -> String? { try bool() ? try string() : nil }

  public mutating func optionalInteger() throws(Damaged) -> Int64? { try bool() ? try integer() : nil }

  private mutating func range() throws(Damaged) -> Range<Int> {
    let count = Int(try short())
    guard count >= 0, position + count <= bytes.count else { throw Damaged() }
    defer { position += count }
    return position..<(position + count)
  }
}
