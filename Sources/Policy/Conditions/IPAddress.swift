/// An IPv4 or IPv6 address as 16 bytes; IPv4 stands in the last four.
public struct IPAddress: Sendable, Hashable {
  let high: UInt64
  let low: UInt64
  let isIPv4: Bool

  init(high: UInt64, low: UInt64, isIPv4: Bool) {
    self.high = high
    self.low = low
    self.isIPv4 = isIPv4
  }

  /// Reads `192.0.2.1` or `2001:db8::1`; leading zeroes in IPv4 are decimal (AWS captures).
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    if bytes.contains(UInt8(ascii: ":")) {
      guard let groups = Self.groups(bytes[...]) else { return nil }
      high = groups[..<4].reduce(0) { $0 << 16 | UInt64($1) }
      low = groups[4...].reduce(0) { $0 << 16 | UInt64($1) }
      isIPv4 = false
    } else {
      guard let value = Self.dotted(bytes[...]) else { return nil }
      high = 0
      low = UInt64(value)
      isIPv4 = true
    }
  }

  /// `::ffff:a.b.c.d` as the IPv4 address that it stands for; every other address as it is.
  var unmapped: IPAddress {
    guard !isIPv4, high == 0, low >> 32 == 0xFFFF else { return self }
    return IPAddress(high: 0, low: low & 0xFFFF_FFFF, isIPv4: true)
  }

  private static func dotted(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    let octets = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard octets.count == 4 else { return nil }
    var value: UInt32 = 0
    for octet in octets {
      guard (1...3).contains(octet.count) else { return nil }
      var number: UInt32 = 0
      for byte in octet {
        guard (48...57).contains(byte) else { return nil }
        number = number * 10 + UInt32(byte - 48)
      }
      guard number < 256 else { return nil }
      value = value << 8 | number
    }
    return value
  }

  /// The eight groups of an IPv6 address; `::` stands for at least one group of zeroes.
  private static func groups(_ bytes: ArraySlice<UInt8>) -> [UInt16]? {
    let colon = UInt8(ascii: ":")
    guard let gap = bytes.indices.dropLast().first(where: { bytes[$0] == colon && bytes[$0 + 1] == colon }) else {
      guard let all = list(bytes), all.count == 8 else { return nil }
      return all
    }
    guard let left = list(bytes[..<gap], dottedEnd: false), let right = list(bytes[(gap + 2)...]),
      left.count + right.count < 8
    else { return nil }
    return left + Array(repeating: 0, count: 8 - left.count - right.count) + right
  }

  /// Groups between single colons; the last one may be an IPv4 address, which makes two.
  private static func list(_ bytes: ArraySlice<UInt8>, dottedEnd: Bool = true) -> [UInt16]? {
    if bytes.isEmpty { return [] }
    var groups: [UInt16] = []
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if dottedEnd, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
        guard let value = dotted(part) else { return nil }
        groups += [UInt16(value >> 16), UInt16(value & 0xFFFF)]
      } else {
        guard let value = group(part) else { return nil }
        groups.append(value)
      }
    }
    return groups
  }

  private static func group(_ bytes: ArraySlice<UInt8>) -> UInt16? {
    guard (1...4).contains(bytes.count) else { return nil }
    // UInt16 would read a sign.
    guard bytes.allSatisfy({ (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0) }) else {
      return nil
    }
    return UInt16(String(decoding: bytes, as: UTF8.self), radix: 16)
  }
}

/// A value of `IpAddress`: a network in CIDR notation, or one address.
public struct IPNetwork: Sendable {
  private let address: IPAddress
  private let highMask: UInt64
  private let lowMask: UInt64

  /// Host bits are ignored in IPv4; an IPv6 network with host bits set matches nothing (AWS captures).
  public init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count <= 2, let address = IPAddress(halves[0]) else { return nil }
    let width = address.isIPv4 ? 32 : 128
    var prefix = width
    if halves.count == 2 {
      guard !halves[1].isEmpty, halves[1].utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(halves[1]),
        value <= width
      else { return nil }
      prefix = value
    }
    let bits = address.isIPv4 ? prefix + 96 : prefix
    highMask = bits >= 64 ? ~0 : bits == 0 ? 0 : ~0 << UInt64(64 - bits)
    lowMask = bits <= 64 ? 0 : ~0 << UInt64(128 - bits)
    if !address.isIPv4, address.high & ~highMask != 0 || address.low & ~lowMask != 0 { return nil }
    self.address = address
  }

  /// Whether an address lies in the network.
  public func contains(_ other: IPAddress) -> Bool {
    address.isIPv4 == other.isIPv4 && (address.high ^ other.high) & highMask == 0
      && (address.low ^ other.low) & lowMask == 0
  }
}
