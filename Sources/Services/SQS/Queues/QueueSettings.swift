import Cloud
import Policy
import Wire

/// A queue's attributes that can be set.
struct QueueSettings: Sendable, Codable, Hashable {
  /// Seconds.
  var visibilityTimeout = 30
  var delaySeconds = 0
  /// Bytes.
  var maximumMessageSize = QueueSettings.sizeLimit
  var retentionSeconds = 345_600
  var waitSeconds = 0
  var policy: String?
  var redrive: RedrivePolicy?
  var redriveAllow: RedriveAllowPolicy?
  var kmsKeyID: String?
  var kmsReuseSeconds = 300
  var isSSEManaged = true
  var isFIFO = false
  var isContentDeduplicated = false
  var deduplicationScope = "queue"
  var throughputLimit = "perQueue"

  /// The most bytes of a message, and of all messages of a batch.
  static let sizeLimit = 1_048_576
  /// AWS: SQS developer guide, "Amazon SQS policy quotas".
  static let statementLimit = 20

  /// Attributes that SQS computes and nobody sets.
  static let computed: Set<String> = [
    "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed",
    "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
  ]
  /// Attributes that can be given to CreateQueue or SetQueueAttributes.
  static let settable: Set<String> = [
    "VisibilityTimeout", "DelaySeconds", "MaximumMessageSize", "MessageRetentionPeriod",
    "ReceiveMessageWaitTimeSeconds",
    "Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds",
    "SqsManagedSseEnabled", "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit",
  ]

  /// The texts of all attributes that are set, by name.
  var texts: [String: String] {
    var result = [
      "VisibilityTimeout": "\(visibilityTimeout)", "DelaySeconds": "\(delaySeconds)",
      "MaximumMessageSize": "\(maximumMessageSize)", "MessageRetentionPeriod": "\(retentionSeconds)",
      "ReceiveMessageWaitTimeSeconds": "\(waitSeconds)", "SqsManagedSseEnabled": "\(isSSEManaged)",
    ]
    if let policy { result["Policy"] = policy }
    if let redrive { result["RedrivePolicy"] = redrive.text }
    if let redriveAllow { result["RedriveAllowPolicy"] = redriveAllow.text }
    if let kmsKeyID {
      result["KmsMasterKeyId"] = kmsKeyID
      result["KmsDataKeyReusePeriodSeconds"] = "\(kmsReuseSeconds)"
    }
    if isFIFO {
      result["FifoQueue"] = "true"
      result["ContentBasedDeduplication"] = "\(isContentDeduplicated)"
      result["DeduplicationScope"] = deduplicationScope
      result["FifoThroughputLimit"] = throughputLimit
    }
    return result
  }

  /// Takes the attributes that a request gives, checked as AWS checks them. Whether a dead-letter queue exists is not
  /// looked at.
  mutating func apply(_ attributes: [String: String]) throws(AWSError) {
    for name in attributes.keys.sorted() {
      guard QueueSettings.settable.contains(name) else { throw .unknownAttribute(name) }
      if !isFIFO { try QueueSettings.refuseOfFIFO(name) }
      try apply(name, attributes[name] ?? "")
    }
    try settleEncryption(attributes)
    if throughputLimit == "perMessageGroupId", deduplicationScope != "messageGroup" {
      // AWS: CreateQueue, "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup."
      throw .invalidAttributeValue(
        "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.")
    }
  }

  private static func refuseOfFIFO(_ name: String) throws(AWSError) {
    switch name {
    case "FifoQueue", "ContentBasedDeduplication": throw .unknownAttribute(name)
    case "DeduplicationScope", "FifoThroughputLimit":
      throw .invalidAttributeName("You can specify the \(name) only when FifoQueue is set to true.")
    default: return
    }
  }

  private mutating func apply(_ name: String, _ text: String) throws(AWSError) {
    switch name {
    case "VisibilityTimeout": visibilityTimeout = try QueueSettings.integer(name, text, 0...43_200)
    case "DelaySeconds": delaySeconds = try QueueSettings.integer(name, text, 0...900)
    case "MaximumMessageSize":
      maximumMessageSize = try QueueSettings.integer(name, text, 1024...QueueSettings.sizeLimit)
    case "MessageRetentionPeriod": retentionSeconds = try QueueSettings.integer(name, text, 60...1_209_600)
    case "ReceiveMessageWaitTimeSeconds": waitSeconds = try QueueSettings.integer(name, text, 0...20)
    case "KmsDataKeyReusePeriodSeconds": kmsReuseSeconds = try QueueSettings.integer(name, text, 60...86_400)
    case "KmsMasterKeyId": kmsKeyID = text.isEmpty ? nil : text
    case "SqsManagedSseEnabled": isSSEManaged = try QueueSettings.boolean(name, text)
    case "ContentBasedDeduplication": isContentDeduplicated = try QueueSettings.boolean(name, text)
    case "Policy": policy = try QueueSettings.checkedPolicy(text)
    case "RedrivePolicy":
      redrive = text.isEmpty || JSONText.object(text)?.isEmpty == true ? nil : try RedrivePolicy(text)
    case "RedriveAllowPolicy":
      redriveAllow = text.isEmpty || JSONText.object(text)?.isEmpty == true ? nil : try RedriveAllowPolicy(text)
    case "FifoQueue":
      guard text.lowercased() == "true" else {
        throw .invalidAttributeValue(
          "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.")
      }
    case "DeduplicationScope":
      guard text == "queue" || text == "messageGroup" else { throw .invalidAttribute(name) }
      deduplicationScope = text
    case "FifoThroughputLimit":
      guard text == "perQueue" || text == "perMessageGroupId" else { throw .invalidAttribute(name) }
      throughputLimit = text
    default: throw .unknownAttribute(name)
    }
  }

  /// One kind of encryption at a time; naming a key alone switches over to it.
  private mutating func settleEncryption(_ given: [String: String]) throws(AWSError) {
    guard kmsKeyID != nil, isSSEManaged else { return }
    if given["SqsManagedSseEnabled"] != nil {
      throw .invalidAttributeName(
        "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.")
    }
    isSSEManaged = false
  }

  private static func integer(_ name: String, _ text: String, _ range: ClosedRange<Int>) throws(AWSError) -> Int {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(text), range.contains(value) else {
      throw .invalidAttribute(name)
    }
    return value
  }

  private static func boolean(_ name: String, _ text: String) throws(AWSError) -> Bool {
    switch text.lowercased() {
    case "true": return true
    case "false": return false
    default: throw .invalidAttribute(name)
    }
  }

  /// The policy's text, or nothing for an empty one.
  private static func checkedPolicy(_ text: String) throws(AWSError) -> String? {
    if text.isEmpty { return nil }
    guard let document = try? PolicyDocument(parsing: text), document.statementCount > 0,
      ["2012-10-17", "2008-10-17"].contains(document.version)
    else { throw .invalidAttribute("Policy") }
    for index in 0..<document.statementCount where document.effect(ofStatement: index) == nil {
      throw .invalidAttribute("Policy")
    }
    if document.statementCount > statementLimit {
      throw .overLimit(
        "\(document.statementCount) statements were found in the submitted policy, max allowed is \(statementLimit)")
    }
    return text
  }
}
