import Checksums

/// A message attribute: a name, a type (`String`, `Number`, `Binary`, perhaps with a label behind a period), a value.
struct MessageAttribute: Sendable, Hashable {
  enum Value: Sendable, Hashable {
    case string(String)
    case binary([UInt8])
  }

  var name: String
  var type: String
  var value: Value

  /// The bytes that count towards the message's size.
  var size: Int {
    let valueSize =
      switch value {
      case .string(let text): text.utf8.count
      case .binary(let bytes): bytes.count
      }
    return name.utf8.count + type.utf8.count + valueSize
  }

  /// The MD5 of attributes as SQS defines it, in hexadecimal.
  ///
  /// AWS: SQS developer guide, "Calculating the MD5 message digest for message attributes": sorted by name, each as name,
  /// type, one byte for the kind of value (1 text, 2 binary) and value, with four-byte big-endian lengths before the texts.
  static func digest(of attributes: [MessageAttribute]) -> String {
    var bytes: [UInt8] = []
    func append(_ part: some Collection<UInt8>) {
      withUnsafeBytes(of: UInt32(part.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: part)
    }
    // Java sorts by UTF-16; names are ASCII, where bytes sort alike.
    for attribute in attributes.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      append(attribute.name.utf8)
      append(attribute.type.utf8)
      switch attribute.value {
      case .string(let text):
        bytes.append(1)
        append(text.utf8)
      case .binary(let value):
        bytes.append(2)
        append(value)
      }
    }
    return Hex.encode(ChecksumAlgorithm.md5.checksum(of: bytes))
  }
}

/// Which message attributes a ReceiveMessage call wants: names, `prefix.*`, `All`.
struct MessageAttributeFilter: Sendable {
  private var isAll = false
  private var names: Set<String> = []
  private var prefixes: [String] = []

  init(_ wanted: [String]) {
    for name in wanted {
      // `*` isn't documented, but AWS takes it as `.*`.
      if name == "All" || name == ".*" || name == "*" {
        isAll = true
      } else if name.hasSuffix(".*") {
        prefixes.append(String(name.dropLast(2)))
      } else {
        names.insert(name)
      }
    }
  }

  /// Whether it wants nothing.
  var isEmpty: Bool { !isAll && names.isEmpty && prefixes.isEmpty }

  /// The attributes it wants of `attributes`, in their order.
  func select(_ attributes: [MessageAttribute]) -> [MessageAttribute] {
    if isAll { return attributes }
    if isEmpty { return [] }
    return attributes.filter { attribute in
      names.contains(attribute.name) || prefixes.contains { attribute.name.hasPrefix($0) }
    }
  }
}
