import Cloud
import Wire

/// CreateConnection, UpdateConnection, DeauthorizeConnection, DeleteConnection, DescribeConnection and ListConnections.
enum ConnectionOperations {
  static func create(
    _ input: CreateConnectionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateConnectionResponse {
    let scope = Scope(try context.acting, context.region)
    if input.invocationConnectivityParameters != nil {
      throw .notImplemented("CreateConnection with InvocationConnectivityParameters", of: "EventBridge")
    }
    if try transaction.contains(ConnectionRecord.self, Key(input.name), in: scope) {
      throw .alreadyExists("Connection \(input.name) already exists.")
    }
    if try transaction.count(ConnectionRecord.self, in: scope, limit: Destinations.limit) >= Destinations.limit {
      throw .limitExceeded()
    }
    guard let type = ConnectionRecord.Kind(rawValue: input.authorizationType) else {
      throw .invalidParameter("AuthorizationType")
    }
    try ConnectionParameters.check(input.authParameters, for: type)
    var connection = ConnectionRecord(
      name: input.name, id: transaction.random.uuid(), description: input.description, type: type,
      parameters: try ConnectionParameters.json(input.authParameters, of: "CreateConnection").text,
      kmsKey: input.kmsKeyIdentifier, state: .authorized, createdAt: transaction.now, modifiedAt: transaction.now)
    try authorize(&connection, scope, transaction)
    try transaction.insert(connection, in: scope)
    return CreateConnectionResponse(
      connectionArn: connection.arn(in: scope), connectionState: connection.state.rawValue,
      creationTime: connection.createdAt, lastModifiedTime: connection.modifiedAt)
  }

  /// What is complete by itself is authorized at once; an authorization server is asked after the commit.
  private static func authorize(
    _ connection: inout ConnectionRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    connection.token = nil
    connection.reason = nil
    guard connection.type == .oauth else {
      connection.state = .authorized
      connection.authorizedAt = transaction.now
      return
    }
    connection.state = .authorizing
    try transaction.request(ConnectionTokens.request(connection.name, in: scope))
  }

  static func update(
    _ input: UpdateConnectionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UpdateConnectionResponse {
    let scope = Scope(try context.acting, context.region)
    if input.invocationConnectivityParameters != nil {
      throw .notImplemented("UpdateConnection with InvocationConnectivityParameters", of: "EventBridge")
    }
    var connection = try ConnectionRecord.find(input.name, to: "describe", in: scope, transaction)
    if let description = input.description { connection.description = description }
    if let key = input.kmsKeyIdentifier { connection.kmsKey = key.isEmpty ? nil : key }
    if let type = input.authorizationType.flatMap({ ConnectionRecord.Kind(rawValue: $0) }) { connection.type = type }
    if let change = input.authParameters {
      let old = JSONValue(json: Array(connection.parameters.utf8)) ?? .object([])
      let json = try ConnectionParameters.json(change, of: "UpdateConnection")
      connection.parameters = ConnectionParameters.merged(old, json).text
    }
    try ConnectionParameters.check(ConnectionParameters.read(connection.parameters), for: connection.type)
    connection.modifiedAt = transaction.now
    try authorize(&connection, scope, transaction)
    try transaction.put(connection, in: scope)
    return UpdateConnectionResponse(
      connectionArn: connection.arn(in: scope), connectionState: connection.state.rawValue,
      creationTime: connection.createdAt, lastModifiedTime: connection.modifiedAt,
      lastAuthorizedTime: connection.authorizedAt)
  }

  /// Takes all authorization parameters away; they have to be given anew.
  static func deauthorize(
    _ input: DeauthorizeConnectionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeauthorizeConnectionResponse {
    let scope = Scope(try context.acting, context.region)
    var connection = try ConnectionRecord.find(input.name, to: "describe", in: scope, transaction)
    connection.state = .deauthorized
    connection.token = nil
    connection.parameters = "{}"
    connection.modifiedAt = transaction.now
    try transaction.put(connection, in: scope)
    return DeauthorizeConnectionResponse(
      connectionArn: connection.arn(in: scope), connectionState: connection.state.rawValue,
      creationTime: connection.createdAt, lastModifiedTime: connection.modifiedAt,
      lastAuthorizedTime: connection.authorizedAt)
  }

  static func delete(
    _ input: DeleteConnectionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteConnectionResponse {
    let scope = Scope(try context.acting, context.region)
    let connection = try ConnectionRecord.find(input.name, to: "delete", in: scope, transaction)
    try transaction.delete(connection, in: scope)
    return DeleteConnectionResponse(
      connectionArn: connection.arn(in: scope), connectionState: ConnectionRecord.State.deleting.rawValue,
      creationTime: connection.createdAt, lastModifiedTime: connection.modifiedAt,
      lastAuthorizedTime: connection.authorizedAt)
  }

  static func describe(
    _ input: DescribeConnectionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeConnectionResponse {
    let scope = Scope(try context.acting, context.region)
    let connection = try ConnectionRecord.find(input.name, to: "describe", in: scope, transaction)
    return DescribeConnectionResponse(
      connectionArn: connection.arn(in: scope), name: connection.name, description: connection.description,
      connectionState: connection.state.rawValue, stateReason: connection.reason,
      authorizationType: connection.type.rawValue, secretArn: connection.secretARN(in: scope),
      kmsKeyIdentifier: connection.kmsKey,
      authParameters: ConnectionParameters.shown(ConnectionParameters.read(connection.parameters)),
      creationTime: connection.createdAt, lastModifiedTime: connection.modifiedAt,
      lastAuthorizedTime: connection.authorizedAt)
  }

  static func list(
    _ input: ListConnectionsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListConnectionsResponse {
    let scope = Scope(try context.acting, context.region)
    let prefix = input.namePrefix ?? ""
    let all = try transaction.scan(ConnectionRecord.self, in: scope).filter { connection in
      connection.name.hasPrefix(prefix)
        && (input.connectionState == nil || input.connectionState == connection.state.rawValue)
    }
    let page = try Page(all, limit: input.limit, token: input.nextToken) { $0.name }
    return ListConnectionsResponse(
      connections: page.items.map { connection in
        Connection(
          connectionArn: connection.arn(in: scope), name: connection.name,
          connectionState: connection.state.rawValue, stateReason: connection.reason,
          authorizationType: connection.type.rawValue, creationTime: connection.createdAt,
          lastModifiedTime: connection.modifiedAt, lastAuthorizedTime: connection.authorizedAt)
      }, nextToken: page.next)
  }
}
