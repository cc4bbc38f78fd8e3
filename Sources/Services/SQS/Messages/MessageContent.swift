/// What a producer sent: the part of a message that never changes.
struct MessageContent: Sendable, Hashable {
  var messageID: String
  var body: String
  /// Hexadecimal.
  var bodyMD5: String
  var attributes: [MessageAttribute] = []
  /// Hexadecimal; nothing without attributes.
  var attributesMD5: String?
  /// Who sent it (`SenderId`): the unique id of a user or role session, or the account.
  var senderID: String
  var groupID: String?
  var deduplicationID: String?
  var traceHeader: String?
  /// The ARN of the queue from which it came to this dead-letter queue.
  var deadLetterSource: String?
}

// MARK: The stored form

extension MessageContent {
  func encode() -> [UInt8] {
    var writer = ByteWriter(capacity: body.utf8.count + 192)
    writer.string(messageID)
    writer.string(body)
    writer.string(bodyMD5)
    writer.short(Int32(attributes.count))
    for attribute in attributes {
      writer.string(attribute.name)
      writer.string(attribute.type)
      switch attribute.value {
      case .string(let text):
        writer.byte(1)
        writer.string(text)
      case .binary(let bytes):
        writer.byte(2)
        writer.raw(bytes)
      }
    }
    writer.optional(attributesMD5)
    writer.string(senderID)
    writer.optional(groupID)
    writer.optional(deduplicationID)
    writer.optional(traceHeader)
    writer.optional(deadLetterSource)
    return writer.bytes
  }

  init(encoded: [UInt8]) throws(ByteReader.Damaged) {
    var reader = ByteReader(encoded)
    messageID = try reader.string()
    body = try reader.string()
    bodyMD5 = try reader.string()
    let count = try reader.short()
    for _ in 0..<max(0, count) {
      let name = try reader.string()
      let type = try reader.string()
      let value: MessageAttribute.Value =
        try reader.byte() == 1 ? .string(try reader.string()) : .binary(try reader.raw())
      attributes.append(MessageAttribute(name: name, type: type, value: value))
    }
    attributesMD5 = try reader.optional()
    senderID = try reader.string()
    groupID = try reader.optional()
    deduplicationID = try reader.optional()
    traceHeader = try reader.optional()
    deadLetterSource = try reader.optional()
  }
}
