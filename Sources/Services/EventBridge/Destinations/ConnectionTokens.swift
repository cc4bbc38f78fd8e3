import Cloud
import Foundation
import Wire

/// Gets tokens for connections that are authorized by OAuth.
///
/// AWS: EventBridge user guide, "Connections for HTTP endpoint targets": client credentials; what the server wants besides is
/// given as OAuthHttpParameters.
struct ConnectionTokens: Sendable {
  static let workName = "authorize"

  let context: WorkContext

  static func request(_ connection: String, in scope: Scope) -> WorkRequest {
    WorkRequest(service: EventBridgeService.name, name: workName, in: scope, content: Data(connection.utf8))
  }

  /// Authorizes a connection that was made or changed.
  func run(_ work: Work) async throws(AWSError) -> WorkOutcome {
    let name = String(decoding: work.request.content, as: UTF8.self)
    let scope = work.request.scope
    let found = try await context.store.transact { transaction throws(AWSError) in
      try transaction.get(ConnectionRecord.self, Key(name), in: scope)
    }
    guard let connection = found, connection.state == .authorizing else { return .done }
    do throws(DeliveryFailure) {
      _ = try await token(for: connection, in: scope)
    } catch {
      if Task.isCancelled { throw .serviceUnavailable() }
      let reason = error.message
      return .doneWriting { transaction throws(AWSError) in
        guard var now = try transaction.get(ConnectionRecord.self, connection.key, in: scope), now.id == connection.id,
          now.state == .authorizing
        else { return }
        now.state = .deauthorized
        now.reason = String(reason.prefix(512))
        try transaction.put(now, in: scope)
      }
    }
    return .done
  }

  /// A connection's token: the one that it has, or a new one, which is kept.
  func token(for connection: ConnectionRecord, in scope: Scope) async throws(DeliveryFailure) -> String {
    if let token = connection.token, token.expires > context.clock.now { return token.value }
    let fresh = try await fetch(ConnectionParameters.read(connection.parameters))
    do throws(AWSError) {
      try await context.store.transact { transaction throws(AWSError) in
        guard var now = try transaction.get(ConnectionRecord.self, connection.key, in: scope), now.id == connection.id,
          now.modifiedAt == connection.modifiedAt
        else { return }
        now.token = fresh
        now.state = .authorized
        now.authorizedAt = transaction.now
        try transaction.put(now, in: scope)
      }
    } catch { throw DeliveryFailure(error) }
    return fresh.value
  }

  /// Forgets a token that an endpoint has refused.
  func forget(_ connection: ConnectionRecord, in scope: Scope) async {
    _ = try? await context.store.transact { transaction throws(AWSError) in
      guard var now = try transaction.get(ConnectionRecord.self, connection.key, in: scope),
        now.token?.value == connection.token?.value
      else { return }
      now.token = nil
      try transaction.put(now, in: scope)
    }
  }

  private func fetch(
    _ parameters: CreateConnectionAuthRequestParameters
  ) async throws(DeliveryFailure) -> ConnectionRecord.Token {
    guard let oauth = parameters.oAuthParameters else {
      throw ConnectionTokens.refused("The connection has no OAuth parameters.")
    }
    let http = oauth.oAuthHttpParameters
    var fields = (http?.bodyParameters ?? []).map { ($0.key ?? "", $0.value ?? "") }
    if !fields.contains(where: { $0.0 == "grant_type" }) { fields.append(("grant_type", "client_credentials")) }
    fields += [("client_id", oauth.clientParameters.clientID), ("client_secret", oauth.clientParameters.clientSecret)]
    let query = (http?.queryStringParameters ?? []).map { ($0.key ?? "", $0.value ?? "") }
    let isInBody = oauth.httpMethod != "GET"
    let url = WebRequest.url(oauth.authorizationEndpoint, path: [], query: query + (isInBody ? [] : fields))
    var headers = (http?.headerParameters ?? []).map { ($0.key ?? "", $0.value ?? "") }
    headers.append(("Content-Type", "application/x-www-form-urlencoded"))
    let body = isInBody ? WebRequest.form(fields) : ""
    let answer = try await WebRequest(url: url, method: oauth.httpMethod, headers: headers, body: body).send()
    guard (200..<300).contains(answer.status), let json = JSONValue(json: answer.body),
      let value = json["access_token"]?.string
    else { throw ConnectionTokens.refused("The authorization endpoint has answered \(answer.status) without a token.") }
    let seconds = json["expires_in"]?.integer ?? 3600
    return ConnectionRecord.Token(value: value, expires: context.clock.now.adding(seconds: Int64(max(0, seconds - 10))))
  }

  private static func refused(_ message: String) -> DeliveryFailure {
    DeliveryFailure(code: "CONNECTION_FAILURE", message: message, isRetried: true)
  }
}
