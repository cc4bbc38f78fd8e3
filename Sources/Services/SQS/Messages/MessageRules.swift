import Wire

/// What SQS accepts in a message, pure: texts in, AWS's errors out.
enum MessageRules {
  static let characterMessage =
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | "
    + "#x10000 to #x10FFFF"

  /// Whether a text has only characters that XML 1.0 allows.
  static func isAllowed(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return false }
        // U+FFFE and U+FFFF.
        if byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE { return false }
        index += 1
      }
      return true
    }
  }

  /// Checks a message's body and attributes against the queue's size limit.
  static func check(body: String, _ attributes: [MessageAttribute], limit: Int) throws(AWSError) {
    if body.isEmpty { throw .missingParameter("MessageBody") }
    if size(body: body, attributes) > limit {
      throw .invalidParameterValue(
        "One or more parameters are invalid. Reason: Message must be shorter than \(limit) bytes.")
    }
    if !isAllowed(body) { throw .invalidMessageContents() }
  }

  /// The bytes of a message that count.
  static func size(body: String, _ attributes: [MessageAttribute]) -> Int {
    attributes.reduce(body.utf8.count) { $0 + $1.size }
  }

  /// Checks the attributes that a producer gives.
  static func check(_ attributes: [MessageAttribute]) throws(AWSError) {
    if attributes.isEmpty { return }
    if attributes.count > 10 {
      throw .invalidParameterValue(
        "Number of message attributes [\(attributes.count)] exceeds the allowed maximum [10].")
    }
    for attribute in attributes { try check(attribute) }
  }

  private static func check(_ attribute: MessageAttribute) throws(AWSError) {
    let name = attribute.name
    if name.isEmpty {
      throw .invalidParameterValue("The request must contain non-empty message (user) attribute names.")
    }
    if name.utf8.count > 256 {
      throw .invalidParameterValue("Message (user) attribute names must be shorter than 256 Bytes")
    }
    guard name.utf8.allSatisfy({ isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }) else {
      throw .invalidParameterValue(
        "Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and "
          + "underscores. ")
    }
    let lowered = name.lowercased()
    if lowered.hasPrefix("aws.") || lowered.hasPrefix("amazon.") || name.hasPrefix(".") || name.hasSuffix(".")
      || name.contains("..")
    {
      throw .invalidParameterValue(
        "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal "
          + "use. Additionally, they cannot start or end with '.'.")
    }
    try checkType(attribute)
    switch attribute.value {
    case .string(let text):
      if text.isEmpty { throw empty(attribute) }
      if attribute.type.hasPrefix("Number"), !isNumber(text) {
        throw .invalidParameterValue("Can't cast the value of message (user) attribute '\(name)' to a number.")
      }
      if !isAllowed(text) { throw .invalidParameterValue(characterMessage) }
    case .binary(let bytes):
      if bytes.isEmpty { throw empty(attribute) }
    }
  }

  private static func checkType(_ attribute: MessageAttribute) throws(AWSError) {
    let type = attribute.type
    if type.isEmpty {
      throw .invalidParameterValue(
        "The message (user) attribute '\(attribute.name)' must contain a non-empty message attribute type.")
    }
    if type.utf8.count > 256 {
      throw .invalidParameterValue("Message (user) attribute types must be shorter than 256 Bytes")
    }
    let base = type.split(separator: ".", maxSplits: 1).first ?? ""
    let isBinary: Bool
    if case .binary = attribute.value { isBinary = true } else { isBinary = false }
    switch base {
    case "String" where !isBinary, "Number" where !isBinary, "Binary" where isBinary: return
    case "String", "Number", "Binary": throw empty(attribute)
    default:
      throw .invalidParameterValue(
        "The type of message (user) attribute '\(attribute.name)' is invalid. You must use only the following supported "
          + "type prefixes: Binary, Number, String.")
    }
  }

  private static func empty(_ attribute: MessageAttribute) -> AWSError {
    .invalidParameterValue(
      "Message (user) attribute '\(attribute.name)' must contain a non-empty value of type '\(attribute.type)'.")
  }

  /// Digits with an optional sign, fraction and exponent.
  static func isNumber(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    func takeDigits() -> Bool {
      let count = bytes.prefix { (48...57).contains($0) }.count
      bytes = bytes.dropFirst(count)
      return count > 0
    }
    func takeSign() {
      if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    }
    takeSign()
    let hasWhole = takeDigits()
    var hasFraction = false
    if bytes.first == UInt8(ascii: ".") {
      bytes = bytes.dropFirst()
      hasFraction = takeDigits()
    }
    guard hasWhole || hasFraction else { return false }
    if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
      bytes = bytes.dropFirst()
      takeSign()
      if !takeDigits() { return false }
    }
    return bytes.isEmpty
  }

  /// Checks a message group id, a deduplication id or a receive request attempt id.
  static func checkID(_ id: String?, _ parameter: String) throws(AWSError) {
    guard let id else { return }
    guard (1...128).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .invalid(
        id, parameter, "\(parameter) can only include alphanumeric and punctuation characters. 1 to 128 in length.")
    }
  }

  /// Checks the ids of a batch's entries.
  static func checkBatch(_ ids: [String], _ entry: String) throws(AWSError) {
    if ids.isEmpty { throw .emptyBatch(entry) }
    if ids.count > 10 { throw .tooManyEntries(ids.count) }
    for id in ids {
      let isWritten = id.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
      if !(1...80).contains(id.utf8.count) || !isWritten { throw .invalidBatchEntryID() }
    }
    var seen: Set<String> = []
    for id in ids where !seen.insert(id).inserted { throw .repeatedEntryID(id) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
