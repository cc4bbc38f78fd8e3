import Cloud
import Wire

/// ListSubscriptions and ListSubscriptionsByTopic.
enum ListingSubscriptions {
  static func list(
    _ input: ListSubscriptionsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListSubscriptionsResponse {
    let account = try context.account
    let page = try Page(input.nextToken)
    let found = try transaction.scan(
      SubscriberRecord.self, in: Scope(account, context.region), page.range(.all), limit: Page.size + 1)
    var subscriptions: [Subscription] = []
    for subscriber in found.prefix(Page.size) {
      let location = TopicLocation(
        account: subscriber.topicAccount, region: context.region, name: subscriber.topicName)
      let record = try transaction.get(
        SubscriptionRecord.self, SubscriptionRecord.key(subscriber.topicID, subscriber.id), in: location.scope)
      if let record { subscriptions.append(entry(record, location)) }
    }
    let isMore = found.count > Page.size
    return ListSubscriptionsResponse(
      subscriptions: subscriptions, nextToken: isMore ? Page.token(found[Page.size - 1].key) : nil)
  }

  static func byTopic(
    _ input: ListSubscriptionsByTopicInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListSubscriptionsByTopicResponse {
    let location = try TopicLocation(input.topicArn, context)
    let topic = try location.topic(transaction)
    let page = try Page(input.nextToken)
    let found = try transaction.scan(
      SubscriptionRecord.self, in: location.scope, page.range(.prefix(.integer(topic.id))), limit: Page.size + 1)
    return ListSubscriptionsByTopicResponse(
      subscriptions: found.prefix(Page.size).map { entry($0, location) },
      nextToken: found.count > Page.size ? Page.token(found[Page.size - 1].key) : nil)
  }

  private static func entry(_ record: SubscriptionRecord, _ location: TopicLocation) -> Subscription {
    Subscription(
      subscriptionArn: record.isPending
        ? "PendingConfirmation" : SubscriptionLocation(topic: location, id: record.id).arn,
      owner: record.owner.rawValue, protocol: record.kind.rawValue, endpoint: record.endpoint, topicArn: location.arn)
  }
}
