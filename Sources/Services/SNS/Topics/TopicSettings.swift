import Cloud
import Wire

/// A topic's attributes that can be set.
struct TopicSettings: Sendable, Codable, Hashable {
  var displayName = ""
  var policy: String?
  var deliveryPolicy: String?
  var kmsKeyID: String?
  var signatureVersion: String?
  var tracing: String?
  var isFIFO = false
  var isContentDeduplicated = false
  /// `Topic` or `MessageGroup`.
  var throughputScope: String?
  /// `SQSSuccessFeedbackRoleArn` and its like: kept, for nothing is logged.
  var feedback: [String: String] = [:]

  /// AWS: SetTopicAttributes, "Supported protocols" of delivery status.
  private static let feedbackNames: Set<String> = {
    var names: Set<String> = []
    for kind in ["Application", "Firehose", "HTTP", "Lambda", "SQS"] {
      for end in ["SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate", "FailureFeedbackRoleArn"] {
        names.insert(kind + end)
      }
    }
    return names
  }()

  /// The texts of the attributes that are set, by name, but for the policy.
  var texts: [String: String] {
    var result = feedback
    result["DisplayName"] = displayName
    if let deliveryPolicy { result["DeliveryPolicy"] = deliveryPolicy }
    if let kmsKeyID { result["KmsMasterKeyId"] = kmsKeyID }
    if let signatureVersion { result["SignatureVersion"] = signatureVersion }
    if let tracing { result["TracingConfig"] = tracing }
    if isFIFO {
      result["FifoTopic"] = "true"
      result["ContentBasedDeduplication"] = "\(isContentDeduplicated)"
      if let throughputScope { result["FifoThroughputScope"] = throughputScope }
    }
    return result
  }

  /// Takes one attribute, checked as AWS checks it, but for the policy.
  /// - Parameters:
  ///   - prefix: what stands before the words on a value: `Attributes Reason: ` in requests with several attributes.
  ///   - unknown: the words on a name that there isn't.
  mutating func apply(
    _ name: String, _ text: String, prefix: String = "", unknown: String = "AttributeName"
  ) throws(AWSError) {
    switch name {
    case "DisplayName":
      // AWS: SNS developer guide: "a display name can be up to 100 characters long".
      if text.count > 100 { throw .invalidParameter("\(prefix)DisplayName") }
      displayName = text
    case "DeliveryPolicy":
      if !text.isEmpty {
        do throws(DeliveryPolicyError) { _ = try TopicDeliveryPolicy(text) } catch {
          throw .invalidParameter("\(prefix)DeliveryPolicy: \(error.message)")
        }
      }
      deliveryPolicy = text.isEmpty ? nil : text
    case "KmsMasterKeyId": kmsKeyID = text.isEmpty ? nil : text
    case "SignatureVersion":
      guard text == "1" || text == "2" else { throw .invalidParameter("\(prefix)SignatureVersion") }
      signatureVersion = text
    case "TracingConfig":
      if text == "Active" { throw .notBuilt("sns TracingConfig Active") }
      guard text == "PassThrough" else { throw .invalidParameter("\(prefix)TracingConfig") }
      tracing = text
    case "ContentBasedDeduplication", "FifoThroughputScope":
      guard isFIFO else { throw .invalidParameter(prefix.isEmpty ? name : "\(prefix)\(name) is only for FIFO topics") }
      try applyFIFO(name, text, prefix)
    case "ArchivePolicy": throw .notBuilt("sns ArchivePolicy")
    case _ where TopicSettings.feedbackNames.contains(name):
      if name.hasSuffix("SampleRate"), !text.isEmpty {
        guard let rate = Int(text), (0...100).contains(rate) else { throw .invalidParameter("\(prefix)\(name)") }
      }
      feedback[name] = text.isEmpty ? nil : text
    default: throw .invalidParameter(unknown)
    }
  }

  private mutating func applyFIFO(_ name: String, _ text: String, _ prefix: String) throws(AWSError) {
    if name == "FifoThroughputScope" {
      guard text == "Topic" || text == "MessageGroup" else { throw .invalidParameter("\(prefix)FifoThroughputScope") }
      throughputScope = text
      return
    }
    guard ["true", "false"].contains(text.lowercased()) else { throw .invalidParameter("\(prefix)\(name)") }
    isContentDeduplicated = text.lowercased() == "true"
  }
}
