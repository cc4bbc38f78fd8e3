import Cloud
import Wire

/// CreateApiDestination, UpdateApiDestination, DeleteApiDestination, DescribeApiDestination and ListApiDestinations.
enum DestinationOperations {
  /// AWS: CreateApiDestination, 300 calls a second if nothing else is said.
  private static let standardRate = 300

  static func create(
    _ input: CreateApiDestinationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateApiDestinationResponse {
    let scope = Scope(try context.acting, context.region)
    if try transaction.contains(DestinationRecord.self, Key(input.name), in: scope) {
      throw .alreadyExists("An api-destination '\(input.name)' already exists.")
    }
    if try transaction.count(DestinationRecord.self, in: scope, limit: Destinations.limit) >= Destinations.limit {
      throw .limitExceeded()
    }
    let destination = DestinationRecord(
      name: input.name, id: transaction.random.uuid(), description: input.description,
      connectionARN: input.connectionArn,
      endpoint: input.invocationEndpoint, method: input.httpMethod,
      rateLimit: input.invocationRateLimitPerSecond ?? standardRate, createdAt: transaction.now,
      modifiedAt: transaction.now)
    try check(destination, scope, transaction)
    try transaction.insert(destination, in: scope)
    return CreateApiDestinationResponse(
      apiDestinationArn: destination.arn(in: scope), apiDestinationState: try state(destination, transaction),
      creationTime: destination.createdAt, lastModifiedTime: destination.modifiedAt)
  }

  private static func check(
    _ destination: DestinationRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) {
    guard let place = Destinations.place(arn: destination.connectionARN, "connection"), place.scope == scope,
      try ConnectionRecord.find(arn: destination.connectionARN, transaction) != nil
    else {
      throw .notFound("Connection '\(destination.connectionARN)' does not exist.")  // unverified: words
    }
    // AWS takes only https; endpoints on this machine seldom have certificates.
    guard destination.endpoint.hasPrefix("https://") || destination.endpoint.hasPrefix("http://") else {
      throw .invalidParameter("InvocationEndpoint", "It must be an HTTPS URL.")  // unverified: words
    }
  }

  /// A destination works as long as its connection does.
  private static func state(
    _ destination: DestinationRecord, _ transaction: Transaction
  ) throws(AWSError) -> String {
    let connection = try ConnectionRecord.find(arn: destination.connectionARN, transaction)
    return connection?.state == .authorized ? "ACTIVE" : "INACTIVE"
  }

  static func update(
    _ input: UpdateApiDestinationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UpdateApiDestinationResponse {
    let scope = Scope(try context.acting, context.region)
    var destination = try DestinationRecord.find(input.name, to: "describe", in: scope, transaction)
    if let description = input.description { destination.description = description }
    if let arn = input.connectionArn { destination.connectionARN = arn }
    if let endpoint = input.invocationEndpoint { destination.endpoint = endpoint }
    if let method = input.httpMethod { destination.method = method }
    if let rate = input.invocationRateLimitPerSecond { destination.rateLimit = rate }
    destination.modifiedAt = transaction.now
    try check(destination, scope, transaction)
    try transaction.put(destination, in: scope)
    return UpdateApiDestinationResponse(
      apiDestinationArn: destination.arn(in: scope), apiDestinationState: try state(destination, transaction),
      creationTime: destination.createdAt, lastModifiedTime: destination.modifiedAt)
  }

  static func delete(
    _ input: DeleteApiDestinationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteApiDestinationResponse {
    let scope = Scope(try context.acting, context.region)
    let destination = try DestinationRecord.find(input.name, to: "delete", in: scope, transaction)
    try transaction.delete(destination, in: scope)
    return DeleteApiDestinationResponse()
  }

  static func describe(
    _ input: DescribeApiDestinationRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeApiDestinationResponse {
    let scope = Scope(try context.acting, context.region)
    let destination = try DestinationRecord.find(input.name, to: "describe", in: scope, transaction)
    return DescribeApiDestinationResponse(
      apiDestinationArn: destination.arn(in: scope), name: destination.name, description: destination.description,
      apiDestinationState: try state(destination, transaction), connectionArn: destination.connectionARN,
      invocationEndpoint: destination.endpoint, httpMethod: destination.method,
      invocationRateLimitPerSecond: destination.rateLimit, creationTime: destination.createdAt,
      lastModifiedTime: destination.modifiedAt)
  }

  static func list(
    _ input: ListApiDestinationsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListApiDestinationsResponse {
    let scope = Scope(try context.acting, context.region)
    let prefix = input.namePrefix ?? ""
    let all = try transaction.scan(DestinationRecord.self, in: scope).filter { destination in
      destination.name.hasPrefix(prefix)
        && (input.connectionArn == nil || input.connectionArn == destination.connectionARN)
    }
    let page = try Page(all, limit: input.limit, token: input.nextToken) { $0.name }
    var destinations: [ApiDestination] = []
    for destination in page.items {
      destinations.append(
        ApiDestination(
          apiDestinationArn: destination.arn(in: scope), name: destination.name,
          apiDestinationState: try state(destination, transaction), connectionArn: destination.connectionARN,
          invocationEndpoint: destination.endpoint, httpMethod: destination.method,
          invocationRateLimitPerSecond: destination.rateLimit, creationTime: destination.createdAt,
          lastModifiedTime: destination.modifiedAt))
    }
    return ListApiDestinationsResponse(apiDestinations: destinations, nextToken: page.next)
  }
}
