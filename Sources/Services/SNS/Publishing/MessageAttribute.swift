import Checksums
import Wire

/// A message attribute: a name, a type (`String`, `Number`, `Binary`, `String.Array`, perhaps with a label), a value.
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

  /// As text: binary values in base64.
  var text: String {
    switch value {
    case .string(let text): text
    case .binary(let bytes): Base64.encode(bytes)
    }
  }
}
