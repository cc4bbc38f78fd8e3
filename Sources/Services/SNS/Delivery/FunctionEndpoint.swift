import Cloud
import Wire

/// Delivers to Lambda functions, as soon as Lambda is built.
enum FunctionEndpoint {
  static func deliver(_ parcel: Parcel, _ context: WorkContext) async -> Attempt {
    guard let arn = ARN(parcel.record.endpoint), let region = Region(arn.region) else {
      return .refused("the endpoint is no function")
    }
    let message = parcel.message
    do throws(AWSError) {
      _ = try await context.calls.exchange(
        "Invoke", of: "lambda",
        .object([
          .init("FunctionName", .string(parcel.record.endpoint)), .init("InvocationType", .string("Event")),
        ]), body: Array(event(parcel).text.utf8), as: .service(SNSService.principal), in: region,
        facts: .service(
          SNSService.principal, sourceARN: message.topicARN, sourceAccount: ARN(message.topicARN)?.accountID))
      return .delivered
    } catch { return Attempt(error) }
  }

  /// AWS: Lambda developer guide, "Using AWS Lambda with Amazon SNS", the event.
  static func event(_ parcel: Parcel) -> JSONValue {
    let message = parcel.message
    let notification = JSONValue(parsing: parcel.body)
    var sns: [JSONValue.Member] = []
    for (name, source) in [
      ("Type", "Type"), ("MessageId", "MessageId"), ("TopicArn", "TopicArn"), ("Subject", "Subject"),
      ("Message", "Message"), ("Timestamp", "Timestamp"), ("SignatureVersion", "SignatureVersion"),
      ("Signature", "Signature"), ("SigningCertUrl", "SigningCertURL"), ("UnsubscribeUrl", "UnsubscribeURL"),
    ] {
      sns.append(.init(name, notification?[source] ?? .null))
    }
    sns.append(
      .init(
        "MessageAttributes",
        .object(
          message.attributes.map { attribute in
            .init(
              attribute.name,
              .object([.init("Type", .string(attribute.type)), .init("Value", .string(attribute.text))]))
          })))
    return .object([
      .init(
        "Records",
        .array([
          .object([
            .init("EventSource", .string("aws:sns")), .init("EventVersion", .string("1.0")),
            .init("EventSubscriptionArn", .string(parcel.subscriptionARN)), .init("Sns", .object(sns)),
          ])
        ]))
    ])
  }
}
