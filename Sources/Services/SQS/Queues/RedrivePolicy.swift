import Cloud
import Foundation
import Wire

/// Where messages go that were received too often.
struct RedrivePolicy: Sendable, Codable, Hashable {
  var target: ARN
  var maxReceiveCount: Int

  /// The attribute's text.
  var text: String { "{\"deadLetterTargetArn\":\"\(target)\",\"maxReceiveCount\":\(maxReceiveCount)}" }

  /// Reads the attribute's text; it says nothing about whether the target exists.
  init(_ text: String) throws(AWSError) {
    guard let members = JSONText.object(text) else {
      throw .invalidParameterValue(
        "Value \(text) for parameter RedrivePolicy is invalid. Reason: Redrive policy is not a valid JSON map.")
    }
    for name in ["maxReceiveCount", "deadLetterTargetArn"] where members[name] == nil {
      throw RedrivePolicy.invalid(text, "Redrive policy does not contain mandatory attribute: \(name).")
    }
    if members.count > 2 {
      throw RedrivePolicy.invalid(
        text, "Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].")
    }
    let count = members["maxReceiveCount"]
    guard let number = JSONText.integer(count), (1...1000).contains(number) else {
      let shown = count.map { "\($0)" } ?? ""
      throw RedrivePolicy.invalid(
        text, "Invalid value for maxReceiveCount: \(shown), valid values are from 1 to 1000 both inclusive.")
    }
    guard let target = (members["deadLetterTargetArn"] as? String).flatMap({ ARN($0) }), target.service == "sqs" else {
      throw RedrivePolicy.invalid(text, "Invalid value for deadLetterTargetArn.")
    }
    self.target = target
    maxReceiveCount = number
  }

  static func invalid(_ text: String, _ reason: String) -> AWSError {
    .invalidParameterValue("Value \(text) for parameter RedrivePolicy is invalid. Reason: \(reason)")
  }

  /// Checks that the target exists and takes messages of the queue `source`.
  func check(for source: QueueLocation, isFIFO: Bool, _ transaction: Transaction) throws(AWSError) {
    guard let location = QueueLocation(arn: target.description) else {
      throw RedrivePolicy.invalid(text, "Invalid value for deadLetterTargetArn.")
    }
    guard location.account == source.account else {
      throw RedrivePolicy.invalid(text, "Dead-letter target owner should be same as the source.")
    }
    guard location.region == source.region, let queue = try location.find(transaction) else {
      throw RedrivePolicy.invalid(text, "Dead letter target does not exist.")
    }
    guard queue.isFIFO == isFIFO else {
      throw RedrivePolicy.invalid(text, "Dead-letter queue must be same type of queue as the source.")
    }
    guard queue.settings.redriveAllow?.allows(source.arn) ?? true else {
      // unverified: AWS's exact words
      throw RedrivePolicy.invalid(
        text, "Dead-letter queue does not allow this queue as a source in its RedriveAllowPolicy.")
    }
  }
}

/// Which queues may name this queue as their dead-letter queue.
struct RedriveAllowPolicy: Sendable, Codable, Hashable {
  enum Permission: String, Sendable, Codable {
    case allowAll, denyAll, byQueue
  }

  var permission: Permission
  var sources: [String]
  /// As it was given.
  var text: String

  init(_ text: String) throws(AWSError) {
    let unsupported = AWSError.invalidParameterValue(
      "Value \(text) for parameter RedriveAllowPolicy is invalid. Reason: Amazon SQS can't create the redrive allow policy, "
        + "as it’s in an unsupported format.")
    guard let members = JSONText.object(text),
      Set(members.keys).isSubset(of: ["redrivePermission", "sourceQueueArns"]),
      let permission = (members["redrivePermission"] as? String).flatMap({ Permission(rawValue: $0) })
    else { throw unsupported }
    let sources: [String]?
    switch members["sourceQueueArns"] {
    case nil: sources = nil
    case let names as [String]: sources = names
    default: throw unsupported
    }
    func invalid(_ reason: String) -> AWSError {
      .invalidParameterValue(
        "Value \(text) for parameter RedriveAllowPolicy is invalid. Reason: Amazon SQS can't create the redrive allow "
          + "policy. \(reason)")
    }
    if permission == .byQueue {
      guard let sources, !sources.isEmpty else {
        throw invalid(
          "When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.")
      }
      guard sources.count <= 10 else { throw invalid("The maximum number of source queue ARNs you can specify is 10.") }
    } else if sources != nil {
      throw invalid("To specify one or more source queue ARNs, you must set redrivePermission to byQueue.")
    }
    self.permission = permission
    self.sources = sources ?? []
    self.text = text
  }

  /// Whether the queue with this ARN may send its dead letters here.
  func allows(_ source: String) -> Bool {
    switch permission {
    case .allowAll: true
    case .denyAll: false
    case .byQueue: sources.contains(source)
    }
  }
}

/// The little JSON inside attributes.
enum JSONText {
  /// The members, if `text` is an object.
  static func object(_ text: String) -> [String: Any]? {
    try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }

  /// A whole number, also one written as a string.
  static func integer(_ value: Any?) -> Int? {
    if let text = value as? String { return Int(text) }
    guard let number = value as? NSNumber else { return nil }
    let exact = number.doubleValue
    return exact.rounded() == exact && exact.magnitude < 1e9 ? Int(exact) : nil
  }

  /// `text` with its quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
