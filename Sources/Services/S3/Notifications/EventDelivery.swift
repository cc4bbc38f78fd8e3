import Cloud
import Wire

/// A message on its way to a queue, a topic or the event bus: the content of a work.
struct EventDelivery: Sendable, Codable {
  static let work = "deliver an event"

  enum Destination: String, Sendable, Codable {
    case queue
    case topic
    case bus
  }

  var bucket: String
  var owner: AccountID
  var region: Region
  var destination: Destination
  var arn: String
  /// The message's JSON; for the bus, the entry's.
  var body: String

  /// Whom S3 is when it delivers. AWS: S3 user guide, "Granting permissions to publish event notification messages".
  static let principal = "s3.amazonaws.com"
  /// AWS gives no number: a destination that stays out of reach for a day of the cloud's time loses the message.
  /// unverified: how long AWS tries.
  private static let patienceMilliseconds: Int64 = 24 * 3_600_000

  /// The call that delivers it.
  var call: (operation: String, service: String, input: JSONValue) {
    switch destination {
    case .queue:
      return (
        "SendMessage", "sqs",
        .object([.init("QueueUrl", .string(EventDelivery.queueURL(arn))), .init("MessageBody", .string(body))])
      )
    case .topic:
      return (
        "Publish", "sns",
        .object([
          .init("TopicArn", .string(arn)), .init("Message", .string(body)),
          .init("Subject", .string("Amazon S3 Notification")),
        ])
      )
    case .bus:
      let entry = JSONValue(parsing: Array(body.utf8)) ?? .object([])
      return ("PutEvents", "events", .object([.init("Entries", .array([entry]))]))
    }
  }

  static func queueURL(_ arn: String) -> String {
    guard let queue = ARN(arn) else { return arn }
    return "https://sqs.\(queue.region).amazonaws.com/\(queue.account)/\(queue.resource)"
  }

  /// Delivers it, or says when to try again.
  static func run(_ work: Work, _ context: WorkContext) async throws(AWSError) -> WorkOutcome {
    guard let delivery = RecordBytes.decode(EventDelivery.self, work.request.content) else { return .done }
    let (operation, service, input) = delivery.call
    do throws(AWSError) {
      _ = try await context.calls.call(
        operation, of: service, input, as: .service(principal), in: delivery.region,
        facts: .service(
          principal, sourceARN: "arn:aws:s3:::\(delivery.bucket)", sourceAccount: delivery.owner))
      return .done
    } catch {
      // A service that isn't built can't be told; a stop of the program is no failure of the destination's.
      if error.code == "NotImplemented" { return .done }
      if error.code == "RequestCancelled" || error.code == "ServiceUnavailable" { throw error }
      let age = context.clock.now.milliseconds - work.requested.milliseconds
      if age > patienceMilliseconds {
        context.logger.warning("an event of bucket \(delivery.bucket) for \(delivery.arn) is given up: \(error)")
        return .done
      }
      // A second at first, then twice as long each time, up to five minutes.
      return .retry(afterMilliseconds: min(300, 1 << Int64(min(work.attempt, 9))) * 1000)
    }
  }
}
