/// `cidr`: a range of IPv4 or IPv6 addresses.
struct Network: Sendable, Equatable {
  private let address: [UInt8]
  private let bits: Int

  /// - Throws: AWS's words.
  init(_ text: String) throws(PatternProblem) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2 else { throw PatternProblem("Malformed CIDR, one '/' required") }
    guard let address = Network.address(String(halves[0])) else {
      throw PatternProblem("Nonstandard IP address: \(halves[0])")
    }
    guard let bits = Int(halves[1]) else { throw PatternProblem("Malformed CIDR, mask bits must be an integer") }
    guard bits >= 0 else { throw PatternProblem("Malformed CIDR, mask bits must not be negative") }
    if address.count == 4, bits > 32 { throw PatternProblem("IPv4 mask bits must be < 32") }
    if address.count == 16, bits > 128 { throw PatternProblem("IPv6 mask bits must be < 128") }
    self.address = address
    self.bits = bits
  }

  func contains(_ text: String) -> Bool {
    guard let other = Network.address(text), other.count == address.count else { return false }
    for index in 0..<address.count {
      let left = max(0, min(8, bits - index * 8))
      let mask = left == 0 ? 0 : UInt8(truncatingIfNeeded: 0xFF << (8 - left))
      if address[index] & mask != other[index] & mask { return false }
    }
    return true
  }

  /// The bytes of an address: 4 or 16.
  static func address(_ text: String) -> [UInt8]? { text.contains(":") ? sixteen(text) : four(text) }

  private static func four(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var result: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count), part.utf8.allSatisfy({ (48...57).contains($0) }), let value = UInt8(part)
      else {
        return nil
      }
      result.append(value)
    }
    return result
  }

  private static func sixteen(_ text: String) -> [UInt8]? {
    var text = text
    // An IPv4 address at the end stands for two groups.
    if text.contains(".") {
      guard let colon = text.lastIndex(of: ":"), let tail = four(String(text[text.index(after: colon)...])) else {
        return nil
      }
      let high = String(Int(tail[0]) << 8 | Int(tail[1]), radix: 16)
      let low = String(Int(tail[2]) << 8 | Int(tail[3]), radix: 16)
      text = "\(text[...colon])\(high):\(low)"
    }
    let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count <= 2, let left = groups(halves[0]) else { return nil }
    var all = left
    if halves.count == 2 {
      guard let right = groups(halves[1]), left.count + right.count < 8 else { return nil }
      all = left + Array(repeating: 0, count: 8 - left.count - right.count) + right
    }
    guard all.count == 8 else { return nil }
    return all.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  }

  private static func groups(_ text: Substring) -> [UInt16]? {
    if text.isEmpty { return [] }
    var result: [UInt16] = []
    for part in text.split(separator: ":", omittingEmptySubsequences: false) {
      guard (1...4).contains(part.count), part.utf8.allSatisfy({ $0 != 43 && $0 != 45 }),
        let value = UInt16(part, radix: 16)
      else { return nil }
      result.append(value)
    }
    return result
  }
}
