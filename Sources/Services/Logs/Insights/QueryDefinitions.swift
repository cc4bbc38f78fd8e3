import Cloud
import Wire

/// PutQueryDefinition, DescribeQueryDefinitions and DeleteQueryDefinition.
enum QueryDefinitions {
  /// AWS: CloudWatch Logs quotas: saved queries per Region.
  static let limit = 1000

  static func put(
    _ input: PutQueryDefinitionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutQueryDefinitionResponse {
    let scope = Scope(try context.account, context.region)
    guard input.queryLanguage ?? "CWLI" == "CWLI", input.parameters == nil else {
      throw .notImplemented("PutQueryDefinition in other languages or with parameters", of: "logs")
    }
    let id: String
    if let given = input.queryDefinitionId {
      guard try transaction.contains(QueryDefinitionRecord.self, Key(given), in: scope) else {
        throw .resourceNotFound("The specified query definition does not exist.")  // unverified: words
      }
      id = given
    } else {
      if try transaction.count(QueryDefinitionRecord.self, in: scope, limit: limit) >= limit { throw .limitExceeded() }
      id = transaction.random.uuid()
    }
    try transaction.put(
      QueryDefinitionRecord(
        id: id, name: input.name, text: input.queryString, groups: input.logGroupNames ?? [],
        modifiedAt: transaction.now.milliseconds), in: scope)
    return PutQueryDefinitionResponse(queryDefinitionId: id)
  }

  static func describe(
    _ input: DescribeQueryDefinitionsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeQueryDefinitionsResponse {
    let scope = Scope(try context.account, context.region)
    let all = try transaction.scan(QueryDefinitionRecord.self, in: scope).filter {
      $0.name.hasPrefix(input.queryDefinitionNamePrefix ?? "")
    }.sorted { Key(order($0)) < Key(order($1)) }
    let page = try PageToken.page(all, limit: input.maxResults ?? 1000, after: input.nextToken, by: order)
    return DescribeQueryDefinitionsResponse(
      queryDefinitions: page.items.map { definition in
        QueryDefinition(
          queryLanguage: "CWLI", queryDefinitionId: definition.id, name: definition.name,
          queryString: definition.text, lastModified: Int(definition.modifiedAt), logGroupNames: definition.groups)
      }, nextToken: page.next)
  }

  private static func order(_ definition: QueryDefinitionRecord) -> String { "\(definition.name) \(definition.id)" }

  static func delete(
    _ input: DeleteQueryDefinitionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteQueryDefinitionResponse {
    let scope = Scope(try context.account, context.region)
    guard try transaction.delete(QueryDefinitionRecord.self, Key(input.queryDefinitionId), in: scope) else {
      throw .resourceNotFound("The specified query definition does not exist.")  // unverified: words
    }
    return DeleteQueryDefinitionResponse(success: true)
  }
}
