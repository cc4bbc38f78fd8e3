import Checksums
import Foundation
import Gzip
import Wire

/// What a subscription sends: events as JSON, packed with gzip. Pure.
///
/// AWS: user guide, "Log group-level subscription filters": the members of the message; Lambda gets it in base64 as
/// `{"awslogs": {"data": …}}`.
struct SubscriptionPayload: Sendable {
  /// AWS: `CONTROL_MESSAGE` "is for checking if the destination is reachable".
  enum Kind: String, Sendable {
    case data = "DATA_MESSAGE"
    case control = "CONTROL_MESSAGE"
  }

  var kind: Kind
  /// Whose group it is.
  var owner: String
  var group: String
  var stream: String
  var filters: [String]
  var events: [(id: String, time: Int64, message: String)]

  var json: JSONValue {
    .object([
      .init("messageType", .string(kind.rawValue)), .init("owner", .string(owner)), .init("logGroup", .string(group)),
      .init("logStream", .string(stream)), .init("subscriptionFilters", .array(filters.map { .string($0) })),
      .init(
        "logEvents",
        .array(
          events.map {
            .object([
              .init("id", .string($0.id)), .init("timestamp", .integer($0.time)), .init("message", .string($0.message)),
            ])
          })),
    ])
  }

  /// The event of a Lambda function.
  var lambdaEvent: JSONValue {
    get throws(Gzip.Failure) {
      let packed = try Gzip.packed(Array(json.text.utf8))
      return .object([.init("awslogs", .object([.init("data", .string(Base64.encode(packed)))]))])
    }
  }
}
