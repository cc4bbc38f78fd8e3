import Cloud
import Policy
import Wire

/// AddPermission and RemovePermission: they write a queue's policy.
enum Permissions {
  /// Actions that can be granted.
  private static let grantable: Set<String> = [
    "*", "ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ListDeadLetterSourceQueues",
    "PurgeQueue", "ReceiveMessage", "SendMessage",
  ]
  /// Actions that only the owner has.
  private static let owned: Set<String> = [
    "AddPermission", "CancelMessageMoveTask", "CreateQueue", "DeleteQueue", "ListMessageMoveTasks", "ListQueueTags",
    "ListQueues", "RemovePermission", "SetQueueAttributes", "StartMessageMoveTask", "TagQueue", "UntagQueue",
  ]

  static func add(
    _ input: AddPermissionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try QueueLocation(url: input.queueUrl, context)
    let old = try location.queue(transaction)
    try checkLabel(input.label)
    try check(input.actions)
    if input.awsAccountIds.isEmpty { throw .missingParameter("AWSAccountIds") }
    for account in input.awsAccountIds where AccountID(account) == nil {
      throw .invalid("[\(account)]", "PrincipalId", "Unable to verify.")
    }
    var document = PolicyText(old.settings.policy, of: old.arn)
    if document.sids.contains(input.label) { throw .invalid(input.label, "Label", "Already exists.") }
    if document.statements.count >= QueueSettings.statementLimit {
      throw .overLimit(
        "\(document.statements.count + 1) Statements were found, maximum allowed is \(QueueSettings.statementLimit).")
    }
    let principals = input.awsAccountIds.map { "arn:aws:iam::\($0):root" }
    document.statements.append(
      "{\"Sid\":\(JSONText.quoted(input.label)),\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\(oneOrMany(principals))},"
        + "\"Action\":\(oneOrMany(input.actions.map { "SQS:\($0)" })),\"Resource\":\(JSONText.quoted(old.arn))}")
    try store(document.text, old, location.scope, transaction)
    return NoMembers()
  }

  static func remove(
    _ input: RemovePermissionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try QueueLocation(url: input.queueUrl, context)
    let old = try location.queue(transaction)
    var document = PolicyText(old.settings.policy, of: old.arn)
    guard let index = document.sids.firstIndex(of: input.label) else {
      throw .invalid(input.label, "Label", "can't find label.")
    }
    document.statements.remove(at: index)
    try store(document.statements.isEmpty ? nil : document.text, old, location.scope, transaction)
    return NoMembers()
  }

  private static func store(
    _ policy: String?, _ old: QueueRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    var new = old
    new.settings.policy = policy
    new.modifiedAt = transaction.now.milliseconds
    try transaction.update(old, to: new, in: scope)
  }

  private static func checkLabel(_ label: String) throws(AWSError) {
    if label.isEmpty { throw .missingParameter("Label") }
    let isWritten = label.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95
    }
    if !isWritten || label.utf8.count > 80 {
      throw .invalid(
        label, "Label", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")
    }
  }

  private static func check(_ actions: [String]) throws(AWSError) {
    if actions.isEmpty { throw .missingParameter("ActionName") }
    if actions.count > 7 { throw .overLimit("\(actions.count) Actions were found, maximum allowed is 7.") }
    for action in actions where !grantable.contains(action) {
      if owned.contains(action) {
        throw .invalid("SQS:\(action)", "ActionName", "Only the queue owner is allowed to invoke this action.")
      }
      throw .invalid(
        "SQS:\(action)", "ActionName", "Please refer to the appropriate WSDL for a list of valid actions. ")
    }
  }

  private static func oneOrMany(_ values: [String]) -> String {
    if values.count == 1 { return JSONText.quoted(values[0]) }
    return "[" + values.map { JSONText.quoted($0) }.joined(separator: ",") + "]"
  }

  /// A policy as text in pieces, so that statements keep the words their author gave them.
  private struct PolicyText {
    var version = "2008-10-17"
    var id: String?
    var statements: [String] = []
    private(set) var sids: [String?] = []

    init(_ text: String?, of arn: String) {
      guard let text, let document = try? PolicyDocument(parsing: text) else {
        id = "\(arn)/SQSDefaultPolicy"
        return
      }
      version = document.version
      id = document.id
      for index in 0..<document.statementCount {
        statements.append(document.text(ofStatement: index))
        sids.append(document.sid(ofStatement: index))
      }
    }

    var text: String {
      let id = id.map { ",\"Id\":\(JSONText.quoted($0))" } ?? ""
      return "{\"Version\":\"\(version)\"\(id),\"Statement\":[\(statements.joined(separator: ","))]}"
    }
  }
}
