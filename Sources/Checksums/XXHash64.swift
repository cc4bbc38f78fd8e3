/// XXH64 with seed 0, incremental (xxHash specification, "XXH64 algorithm description").
struct XXHash64: Sendable {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  private var lanes: SIMD4<UInt64> = [prime1 &+ prime2, prime2, 0, 0 &- prime1]
  /// The bytes that don't fill a 32-byte stripe yet.
  private var tail: [UInt8] = []
  private var total: UInt64 = 0

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    total &+= UInt64(bytes.count)
    var offset = 0
    if !tail.isEmpty {
      offset = min(32 - tail.count, bytes.count)
      tail.append(contentsOf: bytes[0..<offset])
      guard tail.count == 32 else { return }
      tail.withUnsafeBytes { lanes = Self.stripe(lanes, $0, at: 0) }
      tail.removeAll(keepingCapacity: true)
    }
    var current = lanes
    while bytes.count - offset >= 32 {
      current = Self.stripe(current, bytes, at: offset)
      offset += 32
    }
    lanes = current
    if offset < bytes.count { tail.append(contentsOf: bytes[offset...]) }
  }

  func finalize() -> UInt64 {
    var hash: UInt64
    if total >= 32 {
      hash =
        Self.rotate(lanes[0], 1) &+ Self.rotate(lanes[1], 7) &+ Self.rotate(lanes[2], 12) &+ Self.rotate(lanes[3], 18)
      for lane in 0..<4 { hash = (hash ^ Self.round(0, lanes[lane])) &* Self.prime1 &+ Self.prime4 }
    } else {
      hash = Self.prime5
    }
    hash &+= total
    tail.withUnsafeBytes { rest in
      var offset = 0
      while rest.count - offset >= 8 {
        let word = UInt64(littleEndian: rest.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        hash = Self.rotate(hash ^ Self.round(0, word), 27) &* Self.prime1 &+ Self.prime4
        offset += 8
      }
      if rest.count - offset >= 4 {
        let word = UInt32(littleEndian: rest.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        hash = Self.rotate(hash ^ (UInt64(word) &* Self.prime1), 23) &* Self.prime2 &+ Self.prime3
        offset += 4
      }
      while offset < rest.count {
        hash = Self.rotate(hash ^ (UInt64(rest[offset]) &* Self.prime5), 11) &* Self.prime1
        offset += 1
      }
    }
    hash = (hash ^ hash >> 33) &* Self.prime2
    hash = (hash ^ hash >> 29) &* Self.prime3
    return hash ^ hash >> 32
  }

  @inline(__always)
  private static func stripe(
    _ lanes: SIMD4<UInt64>, _ bytes: UnsafeRawBufferPointer, at offset: Int
  ) -> SIMD4<UInt64> {
    var lanes = lanes
    for lane in 0..<4 {
      let word = bytes.loadUnaligned(fromByteOffset: offset + lane * 8, as: UInt64.self)
      lanes[lane] = round(lanes[lane], UInt64(littleEndian: word))
    }
    return lanes
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* prime2, 31) &* prime1
  }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value << bits | value >> (64 - bits)
  }
}
