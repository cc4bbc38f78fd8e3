import Cloud
import Wire

/// An event on its way: AWS's envelope around what somebody has to say.
struct Event: Sendable {
  var id: String
  var detailType: String
  var source: String
  /// Whose it is: stays with the event when buses hand it on.
  var account: String
  var time: Timestamp
  var region: String
  var resources: [String]
  var detail: JSONValue
  /// When EventBridge got it.
  var ingested: Timestamp
  var traceHeader: String?
  /// The replay that it comes from, which archives pass over.
  var replay: String?
  /// Whether another bus has handed it on: it is not handed on a second time.
  var isForwarded = false

  init(
    id: String, detailType: String, source: String, account: String, time: Timestamp, region: String,
    resources: [String],
    detail: JSONValue, ingested: Timestamp
  ) {
    self.id = id
    self.detailType = detailType
    self.source = source
    self.account = account
    self.time = time
    self.region = region
    self.resources = resources
    self.detail = detail
    self.ingested = ingested
  }

  /// AWS: EventBridge user guide, "Event structure reference"; the time has whole seconds.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("version", .string("0")), .init("id", .string(id)), .init("detail-type", .string(detailType)),
      .init("source", .string(source)), .init("account", .string(account)),
      .init("time", .string(time.wholeSeconds.iso8601)), .init("region", .string(region)),
      .init("resources", .array(resources.map { .string($0) })), .init("detail", detail),
    ]
    if let replay { members.append(.init("replay-name", .string(replay))) }
    return .object(members)
  }

  /// Reads an envelope.
  init?(json: JSONValue, ingested: Timestamp) {
    guard let id = json["id"]?.string, let detailType = json["detail-type"]?.string,
      let source = json["source"]?.string,
      let account = json["account"]?.string, let time = json["time"]?.string.flatMap({ Timestamp(iso8601: $0) }),
      let region = json["region"]?.string, let detail = json["detail"]
    else { return nil }
    self.init(
      id: id, detailType: detailType, source: source, account: account, time: time, region: region,
      resources: (json["resources"]?.array ?? []).compactMap(\.string), detail: detail, ingested: ingested)
    replay = json["replay-name"]?.string
  }

  /// Whether it is a read-only call that CloudTrail tells of, which only rules that ask for all management events get.
  ///
  /// AWS: EventBridge user guide, "AWS service events delivered via AWS CloudTrail": names that begin with List, Get or
  /// Describe, except for two of STS.
  var isReadingCall: Bool {
    guard source.hasPrefix("aws."), detailType == "AWS API Call via CloudTrail", let name = detail["eventName"]?.string
    else { return false }
    if name == "GetFederationToken" || name == "GetSessionToken" { return false }
    return ["List", "Get", "Describe"].contains { name.hasPrefix($0) }
  }
}
