import Cloud
import Wire

/// What SNS accepts in a message, pure: texts in, AWS's errors out.
enum MessageRules {
  /// AWS: SNS quotas, "Message size": 256 KB, attributes included.
  static let sizeLimit = 262_144
  private static let subjectLimit = 100

  /// AWS: Publish, "Subjects must be UTF-8 text with no line breaks or control characters, and less than 100 characters long."
  static func check(subject: String?) throws(AWSError) {
    guard let subject else { return }
    let hasControls = subject.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    if subject.isEmpty || subject.count > subjectLimit || hasControls { throw .invalidParameter("Subject") }
  }

  /// The texts of a message with a structure, by protocol.
  static func structure(of message: String) throws(AWSError) -> [String: String] {
    guard let json = JSONValue(parsing: message), let members = json.object else {
      throw .invalidParameter("Message Structure - JSON message body failed to parse")
    }
    var texts: [String: String] = [:]
    // Members that are no texts are passed over.
    for member in members { if let text = member.value.string { texts[member.name] = text } }
    guard texts["default"] != nil else {
      throw .invalidParameter("Message Structure - No default entry in JSON message body")
    }
    return texts
  }

  /// Checks an id that FIFO topics use. AWS: Publish, "up to 128 alphanumeric characters and punctuation".
  static func checkID(_ id: String?, _ name: String) throws(AWSError) {
    guard let id else { return }
    guard (1...128).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .invalidParameter(
        // unverified: words
        name, "\(name) can only include alphanumeric and punctuation characters. 1 to 128 in length")
    }
  }

  // MARK: Attributes

  /// A request's attributes, checked and sorted by name.
  /// - Parameter position: the number of the entry in a batch, from 1.
  static func attributes(
    _ given: [String: MessageAttributeValue]?, position: Int? = nil
  ) throws(AWSError) -> [MessageAttribute] {
    guard let given, !given.isEmpty else { return [] }
    var result: [MessageAttribute] = []
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      try check(name: name)
      result.append(MessageAttribute(name: name, type: value.dataType, value: try content(name, value, position)))
    }
    return result
  }

  private static func content(
    _ name: String, _ given: MessageAttributeValue, _ position: Int?
  ) throws(AWSError) -> MessageAttribute.Value {
    let type = given.dataType
    if type.isEmpty {
      let place = position.map { "publishBatchRequestEntries.\($0).member." } ?? ""
      throw AWSError(
        "ValidationError",
        "1 validation error detected: Value null at '\(place)messageAttributes.\(name).member.dataType' failed to satisfy "
          + "constraint: Member must not be null", status: 400)
    }
    let kind = type.prefix { $0 != "." }
    guard ["String", "Number", "Binary"].contains(kind), type.count == kind.count || type.count > kind.count + 1 else {
      throw .invalidValue(
        "The message attribute '\(name)' has an invalid message attribute type, the set of supported type prefixes is "
          + "Binary, Number, and String.")
    }
    let isBinary = kind == "Binary"
    let empty = AWSError.invalidValue(
      "The message attribute '\(name)' must contain non-empty message attribute value for message attribute type "
        + "'\(type)'.")
    if given.stringValue == nil, given.binaryValue == nil { throw empty }
    if isBinary {
      guard let bytes = given.binaryValue else { throw wrongField(name, type, "Binary") }
      if bytes.isEmpty { throw empty }
      return .binary(bytes)
    }
    guard let text = given.stringValue else { throw wrongField(name, type, "String") }
    if text.isEmpty { throw empty }
    if kind == "Number", Double(text) == nil {
      throw .invalidValue("Could not cast message attribute '\(name)' value to number.")
    }
    return .string(text)
  }

  private static func wrongField(_ name: String, _ type: String, _ field: String) -> AWSError {
    .invalidValue("The message attribute '\(name)' with type '\(type)' must use field '\(field)'.")
  }

  private static func check(name: String) throws(AWSError) {
    if name.utf8.count > 256 {
      throw .invalidValue("Length of message attribute name must be less than 256 bytes.")
    }
    if name.isEmpty { throw .invalidValue("Message attribute name can not be empty.") }  // unverified: words
    if name.hasPrefix(".") {
      throw .invalidValue("Invalid message attribute name starting with character '.' was found.")
    }
    if name.hasSuffix(".") {
      throw .invalidValue("Invalid message attribute name ending with character '.' was found.")
    }
    var previous: Unicode.Scalar?
    for scalar in name.unicodeScalars {
      if scalar == ".", previous == "." {
        throw .invalidValue("Message attribute name can not have successive '.' character.")
      }
      let isWritten =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        || "_-.".unicodeScalars.contains(scalar)
      guard isWritten else {
        throw .invalidValue(
          "Invalid non-alphanumeric character '#x\(String(scalar.value, radix: 16, uppercase: true))' was found in the "
            + "message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.")
      }
      previous = scalar
    }
  }
}
