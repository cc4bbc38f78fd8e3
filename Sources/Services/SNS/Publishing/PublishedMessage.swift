import Cloud
import Foundation
import Wire

/// A message that was published: what is kept until it is delivered.
struct PublishedMessage: Sendable, Equatable {
  var id: String
  var topicARN: String
  var topicName: String
  var topicID: Int64
  var subject: String?
  var text: String
  /// The texts for single protocols, and `default`, of a message with a structure.
  var structure: [String: String] = [:]
  var attributes: [MessageAttribute] = []
  var groupID: String?
  var deduplicationID: String?
  var sequenceNumber: String?
  /// Milliseconds since 1970.
  var publishedAt: Int64
  /// The address of this service in its links.
  var base: String
  var signatureVersion = "1"

  /// What a protocol's endpoints get.
  func text(for kind: DeliveryProtocol) -> String {
    structure.isEmpty ? text : structure[kind.rawValue] ?? structure["default"] ?? text
  }

  /// The bytes that count: the message and its attributes.
  var size: Int { attributes.reduce(text.utf8.count) { $0 + $1.size } }

  // By hand, for it is on the path of every message.
  func write(to writer: inout RecordWriter) {
    writer.byte(1)
    for part in [id, topicARN, topicName] { writer.string(part) }
    writer.integer(topicID)
    writer.optional(subject)
    writer.string(text)
    writer.short(Int32(structure.count))
    for (name, text) in structure.sorted(by: { $0.key < $1.key }) {
      writer.string(name)
      writer.string(text)
    }
    writer.short(Int32(attributes.count))
    for attribute in attributes {
      writer.string(attribute.name)
      writer.string(attribute.type)
      switch attribute.value {
      case .string(let text):
        writer.byte(0)
        writer.string(text)
      case .binary(let bytes):
        writer.byte(1)
        writer.raw(bytes)
      }
    }
    for part in [groupID, deduplicationID, sequenceNumber] { writer.optional(part) }
    writer.integer(publishedAt)
    writer.string(base)
    writer.string(signatureVersion)
  }

  init(from reader: inout RecordReader) throws(RecordReader.Damaged) {
    guard try reader.byte() == 1 else { throw RecordReader.Damaged() }
    id = try reader.string()
    topicARN = try reader.string()
    topicName = try reader.string()
    topicID = try reader.integer()
    subject = try reader.optional()
    text = try reader.string()
    for _ in 0..<max(0, try reader.short()) {
      let name = try reader.string()
      structure[name] = try reader.string()
    }
    for _ in 0..<max(0, try reader.short()) {
      let (name, type) = (try reader.string(), try reader.string())
      let value =
        try reader.byte() == 0 ? MessageAttribute.Value.string(try reader.string()) : .binary(try reader.raw())
      attributes.append(MessageAttribute(name: name, type: type, value: value))
    }
    groupID = try reader.optional()
    deduplicationID = try reader.optional()
    sequenceNumber = try reader.optional()
    publishedAt = try reader.integer()
    base = try reader.string()
    signatureVersion = try reader.string()
  }

  var encoded: Data {
    var writer = RecordWriter(capacity: 512 + text.utf8.count)
    write(to: &writer)
    return writer.data
  }

  init(
    id: String, topicARN: String, topicName: String, topicID: Int64, subject: String?, text: String,
    publishedAt: Int64, base: String
  ) {
    self.id = id
    self.topicARN = topicARN
    self.topicName = topicName
    self.topicID = topicID
    self.subject = subject
    self.text = text
    self.publishedAt = publishedAt
    self.base = base
  }
}
