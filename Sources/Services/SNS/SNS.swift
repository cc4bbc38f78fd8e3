import Cloud
import Wire

/// Amazon SNS: topics, standard and FIFO, and their subscriptions.
public struct SNSService: Sendable {
  /// The service's name among timers and works.
  static let name = "sns"
  /// As whom it delivers.
  static let principal = "sns.amazonaws.com"

  private let address: ServiceAddress
  private let identity: SigningIdentity
  private let file: OutboxFile
  private let subscriptions = TopicSubscriptions()

  /// - Parameters:
  ///   - folder: where the signing key and the outbox's file are.
  ///   - address: under which clients reach the program when they do not say: `http://127.0.0.1:4566`.
  public init(folder: String, address: String) {
    self.address = ServiceAddress(fallback: address)
    identity = SigningIdentity(path: folder + "/sns-signing-key.pem")
    file = OutboxFile(path: folder + "/outbox.jsonl")
  }

  /// Every operation with the permissions it needs.
  public var definition: ServiceDefinition {
    ServiceDefinition(
      model: .sns, actionPrefix: "sns",
      operations: topicOperations + tagOperations + subscriptionOperations + publishOperations + phoneOperations,
      timers: { request, transaction throws(AWSError) in try SNSService.runTimer(request, transaction) },
      work: worker, question: Access.question, deny: { Access.deny($0) })
  }

  /// Pages for the person at this machine.
  public var pages: SNSPages { SNSPages(identity: identity) }

  private static func runTimer(_ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let parts = request.name.parts
    guard parts.count == 2, case .string(let task) = parts[0] else { return }
    switch (task, parts[1]) {
    case ("retry", .integer(let id)): try RetryRecord.run(id, request, transaction)
    case ("token", .string(let token)): try Handshake.expire(token, request, transaction)
    case ("sweep", .integer(let id)): try Sweeping.run(id, request, transaction)
    default: return
    }
  }

  private var worker: WorkHandler {
    let fanOut = FanOut(subscriptions: subscriptions, identity: identity)
    let single = SingleDelivery(identity: identity, web: WebEndpoint())
    let handshakes = HandshakeDelivery(identity: identity, web: WebEndpoint())
    let file = file
    return { work, context throws(AWSError) in
      switch work.request.name {
      case FanOut.work: return try await fanOut.run(work, context)
      case SingleDelivery.work: return try await single.run(work, context)
      case Handshake.work: return try await handshakes.run(work, context)
      case Outbox.work:
        do { try file.append(work.request.content) } catch {
          throw .internalFailure("the outbox's file cannot be written: \(error)")
        }
        return .done
      default: return .done
      }
    }
  }

  // MARK: Topics

  private var topicOperations: [Operation] {
    [
      Operation("CreateTopic", access: Creating.createAccess, Creating.create),
      Operation(
        "DeleteTopic",
        access: { (input: DeleteTopicInput, context, transaction) throws(AWSError) in
          [try Access.check("DeleteTopic", input.topicArn, context, transaction)]
        }, Creating.delete),
      Operation(
        "ListTopics",
        access: { (_: ListTopicsInput, context, _) throws(AWSError) in
          [try Access.everything("ListTopics", context)]
        }, Creating.list),
      Operation(
        "GetTopicAttributes", isOpenToAnonymous: true,
        access: { (input: GetTopicAttributesInput, context, transaction) throws(AWSError) in
          [try Access.check("GetTopicAttributes", input.topicArn, context, transaction)]
        }, TopicAttributes(subscriptions: subscriptions).get),
      Operation(
        "SetTopicAttributes",
        access: { (input: SetTopicAttributesInput, context, transaction) throws(AWSError) in
          [try Access.check("SetTopicAttributes", input.topicArn, context, transaction)]
        }, TopicAttributes.set),
      Operation(
        "AddPermission",
        access: { (input: AddPermissionInput, context, transaction) throws(AWSError) in
          [try Access.check("AddPermission", input.topicArn, context, transaction)]
        }, Permissions.add),
      Operation(
        "RemovePermission",
        access: { (input: RemovePermissionInput, context, transaction) throws(AWSError) in
          [try Access.check("RemovePermission", input.topicArn, context, transaction)]
        }, Permissions.remove),
    ]
  }

  private var tagOperations: [Operation] {
    [
      Operation(
        "TagResource",
        access: { (input: TagResourceRequest, context, transaction) throws(AWSError) in
          var check = try Access.check("TagResource", input.resourceArn, context, transaction, reach: .ownerOnly)
          check.keys += Access.tagKeys(input.tags)
          return [check]
        }, Tagging.tag),
      Operation(
        "UntagResource",
        access: { (input: UntagResourceRequest, context, transaction) throws(AWSError) in
          var check = try Access.check("UntagResource", input.resourceArn, context, transaction, reach: .ownerOnly)
          check.keys.append(("aws:TagKeys", .multiple(input.tagKeys)))
          return [check]
        }, Tagging.untag),
      Operation(
        "ListTagsForResource",
        access: { (input: ListTagsForResourceRequest, context, transaction) throws(AWSError) in
          [try Access.check("ListTagsForResource", input.resourceArn, context, transaction)]
        }, Tagging.list),
    ]
  }

  // MARK: Subscriptions

  private var subscriptionOperations: [Operation] {
    let subscribing = Subscribing(subscriptions: subscriptions, address: address)
    return [
      Operation(
        "Subscribe", isOpenToAnonymous: true, access: subscribing.access, subscribing.subscribe),
      Operation(
        "ConfirmSubscription", isOpenToAnonymous: true, access: Confirming.access, Confirming.confirm),
      Operation(
        "Unsubscribe", isOpenToAnonymous: true, access: Unsubscribing.access,
        Unsubscribing(address: address).unsubscribe),
      Operation(
        "GetSubscriptionAttributes",
        access: { (input: GetSubscriptionAttributesInput, context, transaction) throws(AWSError) in
          [try Access.subscription("GetSubscriptionAttributes", input.subscriptionArn, context, transaction)]
        }, SubscriptionAttributes.get),
      Operation(
        "SetSubscriptionAttributes",
        access: { (input: SetSubscriptionAttributesInput, context, transaction) throws(AWSError) in
          [try Access.subscription("SetSubscriptionAttributes", input.subscriptionArn, context, transaction)]
        }, SubscriptionAttributes.set),
      Operation(
        "ListSubscriptions",
        access: { (_: ListSubscriptionsInput, context, _) throws(AWSError) in
          [try Access.everything("ListSubscriptions", context)]
        }, ListingSubscriptions.list),
      Operation(
        "ListSubscriptionsByTopic", isOpenToAnonymous: true,
        access: { (input: ListSubscriptionsByTopicInput, context, transaction) throws(AWSError) in
          [try Access.check("ListSubscriptionsByTopic", input.topicArn, context, transaction)]
        }, ListingSubscriptions.byTopic),
    ]
  }

  // MARK: Messages

  private var publishOperations: [Operation] {
    let publishing = Publishing(subscriptions: subscriptions, address: address)
    // AWS: CloudTrail user guide, "Logging data events": AWS::SNS::Topic.
    let audit = AuditEvent.data("AWS::SNS::Topic", readOnly: false)
    return [
      Operation(
        "Publish", isOpenToAnonymous: true, audit: audit, access: publishing.access, publishing.publish),
      Operation(
        "PublishBatch", isOpenToAnonymous: true, audit: audit, access: publishing.batchAccess,
        publishing.publishBatch),
    ]
  }

  private var phoneOperations: [Operation] {
    [
      Operation(
        "SetSMSAttributes",
        access: { (_: SetSMSAttributesInput, context, _) throws(AWSError) in
          [try Access.everything("SetSMSAttributes", context)]
        }, ShortMessages.setAttributes),
      Operation(
        "GetSMSAttributes",
        access: { (_: GetSMSAttributesInput, context, _) throws(AWSError) in
          [try Access.everything("GetSMSAttributes", context)]
        }, ShortMessages.getAttributes),
      // Nothing is sent from here, so there is nothing to be kept from: no account is in the sandbox.
      Operation(
        "GetSMSSandboxAccountStatus",
        access: { (_: GetSMSSandboxAccountStatusInput, context, _) throws(AWSError) in
          [try Access.everything("GetSMSSandboxAccountStatus", context)]
        },
        { (_: GetSMSSandboxAccountStatusInput, _, _) throws(AWSError) in
          GetSMSSandboxAccountStatusResult(isInSandbox: false)
        }),
      Operation(
        "CheckIfPhoneNumberIsOptedOut", audit: .management(readOnly: true),
        access: { (_: CheckIfPhoneNumberIsOptedOutInput, context, _) throws(AWSError) in
          [try Access.everything("CheckIfPhoneNumberIsOptedOut", context)]
        }, ShortMessages.isOptedOut),
      Operation(
        "ListPhoneNumbersOptedOut",
        access: { (_: ListPhoneNumbersOptedOutInput, context, _) throws(AWSError) in
          [try Access.everything("ListPhoneNumbersOptedOut", context)]
        }, ShortMessages.listOptedOut),
      Operation(
        "OptInPhoneNumber",
        access: { (_: OptInPhoneNumberInput, context, _) throws(AWSError) in
          [try Access.everything("OptInPhoneNumber", context)]
        }, ShortMessages.optIn),
    ]
  }
}
