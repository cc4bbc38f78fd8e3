import Cloud
import Foundation
import Wire

/// Calls API destinations: an HTTP request for each event, with what its connection adds.
///
/// AWS: EventBridge user guide, "API destinations as targets".
struct WebTarget: Sendable {
  let context: WorkContext

  /// - Parameters:
  ///   - caller: the target's role.
  ///   - arn: the destination's.
  func send(
    _ items: [TargetCalls.Item], to target: Target, _ arn: ARN, as caller: Caller, _ facts: RequestFacts
  ) async throws(DeliveryFailure) -> [Int: DeliveryFailure] {
    let (destination, found, scope) = try await find(target.arn)
    guard var connection = found else {
      throw DeliveryFailure(
        code: "NO_RESOURCE", message: "The connection \(destination.connectionARN) does not exist.", isRetried: false)
    }
    do throws(AWSError) {
      try await context.calls.authorize(
        AccessCheck("events:InvokeApiDestination", on: target.arn, owner: arn.accountID), of: EventBridgeService.name,
        as: caller, in: Region(arn.region) ?? .usEast1, facts: facts)
    } catch { throw DeliveryFailure(error) }
    let tokens = ConnectionTokens(context: context)
    var failures: [Int: DeliveryFailure] = [:]
    for item in items {
      do throws(DeliveryFailure) {
        if connection.type == .oauth, connection.state != .deauthorized {
          let token = try await tokens.token(for: connection, in: scope)
          // The next event takes it without a look at the store.
          if connection.token?.value != token {
            connection.token = ConnectionRecord.Token(value: token, expires: context.clock.now.adding(seconds: 60))
          }
          connection.state = .authorized
        }
        let request = try WebTarget.request(item, target.httpParameters, destination, connection)
        let answer = try await request.send()
        if answer.status == 401 || answer.status == 407, connection.type == .oauth {
          await tokens.forget(connection, in: scope)
          connection.token = nil
        }
        if let failure = WebTarget.failure(answer.status) { throw failure }
      } catch {
        failures[item.index] = error
      }
    }
    return failures
  }

  private func find(
    _ arn: String
  ) async throws(DeliveryFailure) -> (DestinationRecord, ConnectionRecord?, Scope) {
    let missing = DeliveryFailure(code: "NO_RESOURCE", message: "\(arn) does not exist.", isRetried: false)
    guard let (scope, name) = Destinations.place(arn: arn, "api-destination") else { throw missing }
    let found: (DestinationRecord, ConnectionRecord?)?
    do throws(AWSError) {
      found = try await context.store.transact {
        transaction throws(AWSError) -> (DestinationRecord, ConnectionRecord?)? in
        guard let destination = try transaction.get(DestinationRecord.self, Key(name), in: scope),
          destination.arn(in: scope) == arn
        else { return nil }
        return (destination, try ConnectionRecord.find(arn: destination.connectionARN, transaction))
      }
    } catch { throw DeliveryFailure(error) }
    guard let found else { throw missing }
    return (found.0, found.1, scope)
  }

  /// The request for an event.
  static func request(
    _ item: TargetCalls.Item, _ parameters: HttpParameters?, _ destination: DestinationRecord,
    _ connection: ConnectionRecord
  ) throws(DeliveryFailure) -> WebRequest {
    guard connection.state == .authorized else {
      throw DeliveryFailure(
        code: "CONNECTION_FAILURE", message: "The connection \(connection.name) is \(connection.state.rawValue).",
        isRetried: connection.state == .authorizing)
    }
    let given = ConnectionParameters.read(connection.parameters)
    let more = given.invocationHttpParameters
    let envelope = item.event.json
    // A value may be a path into the event as it came.
    func value(_ text: String) -> String {
      guard text.hasPrefix("$."), let path = JSONPath(text), let found = path.value(in: envelope) else { return text }
      return found.string ?? found.text
    }
    var query = (parameters?.queryStringParameters ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, value($0.value)) }
    query += (more?.queryStringParameters ?? []).map { ($0.key ?? "", $0.value ?? "") }
    var headers: [(String, String)] = [
      ("User-Agent", "Amazon/EventBridge/ApiDestinations"), ("Range", "bytes=0-1048575"),
      ("Content-Type", "application/json; charset=utf-8"),
    ]
    func set(_ name: String, _ value: String) {
      headers.removeAll { $0.0.lowercased() == name.lowercased() }
      headers.append((name, value))
    }
    for (name, text) in (parameters?.headerParameters ?? [:]).sorted(by: { $0.key < $1.key }) { set(name, value(text)) }
    for header in more?.headerParameters ?? [] { set(header.key ?? "", header.value ?? "") }
    switch connection.type {
    case .basic:
      let basic = given.basicAuthParameters
      let pair = "\(basic?.username ?? ""):\(basic?.password ?? "")"
      set("Authorization", "Basic \(Data(pair.utf8).base64EncodedString())")
    case .apiKey: set(given.apiKeyAuthParameters?.apiKeyName ?? "", given.apiKeyAuthParameters?.apiKeyValue ?? "")
    case .oauth: set("Authorization", "Bearer \(connection.token?.value ?? "")")
    }
    let path = (parameters?.pathParameterValues ?? []).map { value($0) }
    return WebRequest(
      url: WebRequest.url(destination.endpoint, path: path, query: query), method: destination.method, headers: headers,
      body: body(item.input, more?.bodyParameters ?? []))
  }

  /// The input with the connection's own members, if it is an object.
  private static func body(_ input: String, _ parameters: [ConnectionBodyParameter]) -> String {
    guard !parameters.isEmpty, case .object(var members) = JSONValue(json: Array(input.utf8)) else { return input }
    for parameter in parameters {
      members.removeAll { $0.name == parameter.key }
      members.append(.init(parameter.key ?? "", .string(parameter.value ?? "")))
    }
    return JSONValue.object(members).text
  }

  /// AWS: EventBridge user guide, "API destinations": 401, 407, 409, 429 and 5xx are tried again, other errors are not.
  static func failure(_ status: Int) -> DeliveryFailure? {
    if (200..<300).contains(status) { return nil }
    let isRetried = [401, 407, 409, 429].contains(status) || status >= 500
    return DeliveryFailure(
      code: status == 429 ? "THROTTLING" : "ERROR_FROM_TARGET", message: "The endpoint has answered \(status).",
      isRetried: isRetried)
  }
}
