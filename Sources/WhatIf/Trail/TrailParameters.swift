/// The request parameters of a record, as far as they name resources: the strings at the top.
struct TrailParameters {
  private var strings: [(key: String, value: String)] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard !bytes.isEmpty, var cursor = try? JSONCursor(bytes) else { return }
    var strings: [(key: String, value: String)] = []
    // What can't be read names nothing, and so stays unknown.
    try? cursor.object { (cursor, key) throws(JSONCursor.Stop) in
      if try cursor.peek() == UInt8(ascii: "\""), let text = try cursor.text() {
        strings.append((String(decoding: key, as: UTF8.self), text))
      } else {
        try cursor.skip()
      }
    }
    self.strings = strings
  }

  subscript(key: String) -> String? { strings.first { $0.key == key }?.value }

  /// ARNs among the values.
  var arns: [String] { strings.map(\.value).filter { $0.hasPrefix("arn:") } }

  /// The value of a variable in an ARN's template; `*` in it stands for what is unknown.
  func value(of variable: String, event: String) -> String? {
    switch variable {
    case "BucketName": return self["bucketName"]
    case "ObjectName": return self["key"]
    case "QueueName":
      return self["queueName"] ?? self["queueUrl"]?.split(separator: "/").last.map(String.init)
    case "SecretId":
      // The ARN ends with six characters that the name doesn't have.
      return self["secretId"].flatMap { $0.hasPrefix("arn:") ? nil : $0 + "*" }
    case "ParameterNameWithoutLeadingSlash":
      return self["name"].map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
    case "KeyId":
      return self["keyId"].flatMap { $0.hasPrefix("arn:") || $0.hasPrefix("alias/") ? nil : $0 }
    default: break
    }
    if variable.hasSuffix("WithPath") {
      let name = String(variable.dropLast("WithPath".count))
      guard let value = self[Self.lowered(name)] else { return nil }
      // Only what makes a thing tells its path.
      if event.hasPrefix("Create") { return (self["path"].map { String($0.drop { $0 == "/" }) } ?? "") + value }
      return "*" + value
    }
    guard let value = self[Self.lowered(variable)] ?? (variable.hasSuffix("Name") ? self["name"] : nil) else {
      return nil
    }
    return value.hasPrefix("arn:") ? nil : value
  }

  /// Parameters begin with a small letter.
  private static func lowered(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }
}
