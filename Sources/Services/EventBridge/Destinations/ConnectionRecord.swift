import Cloud
import Wire

/// How EventBridge shows itself to HTTP endpoints: by user and password, by an API key, or by OAuth.
struct ConnectionRecord: Record {
  static let kind = "events.connection"

  enum Kind: String, Codable, Sendable {
    case basic = "BASIC"
    case oauth = "OAUTH_CLIENT_CREDENTIALS"
    case apiKey = "API_KEY"
  }

  enum State: String, Codable, Sendable {
    case authorizing = "AUTHORIZING"
    case authorized = "AUTHORIZED"
    case deauthorized = "DEAUTHORIZED"
    case deleting = "DELETING"
  }

  /// What an authorization server has given.
  struct Token: Codable, Sendable {
    var value: String
    var expires: Timestamp
  }

  var name: String
  /// The end of its ARN.
  var id: String
  var description: String?
  var type: Kind
  /// `CreateConnectionAuthRequestParameters` as JSON, with its secrets. AWS keeps them in Secrets Manager, which isn't built.
  var parameters: String
  var kmsKey: String?
  var state: State
  var reason: String?
  var createdAt: Timestamp
  var modifiedAt: Timestamp
  var authorizedAt: Timestamp?
  var token: Token?

  var key: Key { Key(name) }

  func arn(in scope: Scope) -> String {
    ARN("events", region: scope.region, account: scope.account, "connection/\(name)/\(id)").description
  }

  /// unverified: how AWS names the secret.
  func secretARN(in scope: Scope) -> String {
    ARN(
      "secretsmanager", region: scope.region, account: scope.account,
      "secret:events!connection/\(name)/\(id)-\(id.suffix(6))"
    ).description
  }

  /// - Parameter task: what the request wants to do, for AWS's message.
  static func find(
    _ name: String, to task: String, in scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> ConnectionRecord {
    guard let connection = try transaction.get(ConnectionRecord.self, Key(name), in: scope) else {
      throw .notFound("Failed to \(task) the connection(s). Connection '\(name)' does not exist.")
    }
    return connection
  }

  /// The connection with an ARN; nothing if there is none.
  static func find(arn text: String, _ transaction: Transaction) throws(AWSError) -> ConnectionRecord? {
    guard let (scope, name) = Destinations.place(arn: text, "connection"),
      let connection = try transaction.get(ConnectionRecord.self, Key(name), in: scope),
      connection.arn(in: scope) == text
    else { return nil }
    return connection
  }
}

/// An HTTP endpoint that can be a target.
struct DestinationRecord: Record {
  static let kind = "events.destination"

  var name: String
  /// The end of its ARN.
  var id: String
  var description: String?
  var connectionARN: String
  var endpoint: String
  var method: String
  var rateLimit: Int
  var createdAt: Timestamp
  var modifiedAt: Timestamp

  var key: Key { Key(name) }

  func arn(in scope: Scope) -> String {
    ARN("events", region: scope.region, account: scope.account, "api-destination/\(name)/\(id)").description
  }

  static func find(
    _ name: String, to task: String, in scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> DestinationRecord {
    guard let destination = try transaction.get(DestinationRecord.self, Key(name), in: scope) else {
      throw .notFound("Failed to \(task) the api-destination(s). An api-destination '\(name)' does not exist.")
    }
    return destination
  }
}

/// What connections and API destinations share.
enum Destinations {
  /// AWS: EventBridge user guide, "EventBridge quotas".
  static let limit = 3000

  /// Account, Region and name in the ARN of a connection or an API destination.
  static func place(arn text: String, _ type: String) -> (scope: Scope, name: String)? {
    guard let arn = ARN(text), arn.service == "events", let account = arn.accountID, let region = Region(arn.region)
    else {
      return nil
    }
    let parts = arn.resource.split(separator: "/")
    guard parts.count == 3, parts[0] == type else { return nil }
    return (Scope(account, region), String(parts[1]))
  }

  /// The check of an action on a connection or API destination of the caller.
  static func check(
    _ action: String, _ type: String, _ name: String, _ context: Context
  ) throws(AWSError) -> [AccessCheck] {
    let account = try context.acting
    let arn = ARN("events", region: context.region, account: account, "\(type)/\(name)")
    return [AccessCheck("events:\(action)", on: arn.description, owner: account)]
  }
}
