#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Makes one value for the same bytes, however often they are read: logs repeat themselves.
struct Interner<Value> {
  private struct Entry {
    let bytes: [UInt8]
    let value: Value
  }

  private var entries: [UInt64: Entry] = [:]
  private let limit: Int

  /// - Parameter limit: how many values are remembered; then all are forgotten.
  init(limit: Int = 1 << 16) { self.limit = limit }

  /// What was made of these bytes before, or what `make` makes of them now.
  mutating func value<Failure: Error>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ make: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let hash = Self.hash(bytes)
    if let known = entries[hash], Self.equal(known.bytes, bytes) { return known.value }
    let value = try make(bytes)
    if entries.count >= limit { entries.removeAll(keepingCapacity: true) }
    entries[hash] = Entry(bytes: Array(bytes), value: value)
    return value
  }

  private static func equal(_ left: [UInt8], _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    guard let start = right.baseAddress else { return true }
    return left.withUnsafeBytes { left in left.baseAddress.map { memcmp($0, start, right.count) == 0 } ?? true }
  }

  /// Eight bytes at a time; equality is checked, so this only has to be quick.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(bytes.count)
    let raw = UnsafeRawBufferPointer(bytes)
    var at = 0
    while at + 8 <= raw.count {
      hash = (hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      at += 8
    }
    while at < raw.count {
      hash = (hash ^ UInt64(raw[at])) &* 0x100_0000_01B3
      at += 1
    }
    return hash
  }
}
