import Cloud
import Identity
import Wire

/// Providers of OpenID Connect identities.
enum OpenIDProviders {
  static func find(
    _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> OpenIDProviderRecord {
    guard let provider = try OpenIDProviderRecord.find(arn: arn, transaction), provider.account == (try context.account)
    else { throw .noSuchEntity("OpenIDConnect Provider not found for arn \(arn)") }
    return provider
  }

  static func create(
    _ input: CreateOpenIDConnectProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateOpenIDConnectProviderResponse {
    let account = try context.account
    guard input.url.hasPrefix("https://"), input.url.utf8.count > 8, !input.url.contains("?") else {
      throw .validation("Invalid Open ID Connect Provider URL")
    }
    let url = String(input.url.dropFirst("https://".count))
    try check(input.clientIDList ?? [], input.thumbprintList ?? [])
    guard try !transaction.contains(OpenIDProviderRecord.self, Key(url), in: Scope(account)) else {
      throw .alreadyExists("Provider with url \(input.url) already exists.")
    }
    let limit = Quota.openIDProviders
    guard try transaction.count(OpenIDProviderRecord.self, in: Scope(account), limit: limit) < limit else {
      throw .quota("OpenIdConnectProvidersPerAccount", limit)
    }
    var provider = OpenIDProviderRecord(
      account: account, url: url, created: transaction.now.wholeSeconds, clientIDs: input.clientIDList ?? [],
      thumbprints: input.thumbprintList ?? [])
    provider.tags = try Tag.records(input.tags)
    try transaction.insert(provider, in: Scope(account))
    return CreateOpenIDConnectProviderResponse(openIDConnectProviderArn: provider.arn, tags: tagList(provider.tags))
  }

  private static func check(_ clientIDs: [String], _ thumbprints: [String]) throws(AWSError) {
    guard clientIDs.count <= Quota.clientIDs else {
      throw .quota("ClientIdsPerOpenIdConnectProvider", Quota.clientIDs)
    }
    guard thumbprints.count <= Quota.thumbprints else {
      throw .invalidInput("Thumbprint list must contain fewer than \(Quota.thumbprints) entries.")
    }
    for thumbprint in thumbprints where thumbprint.utf8.count != 40 || !thumbprint.allSatisfy(\.isHexDigit) {
      throw .invalidInput(
        "Thumbprint \(thumbprint) is not valid: it must be the SHA-1 of a certificate, in hexadecimal.")
    }
  }

  static func get(
    _ input: GetOpenIDConnectProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetOpenIDConnectProviderResponse {
    let provider = try find(input.openIDConnectProviderArn, context, transaction)
    return GetOpenIDConnectProviderResponse(
      url: provider.url, clientIDList: provider.clientIDs, thumbprintList: provider.thumbprints,
      createDate: provider.created, tags: tagList(provider.tags))
  }

  static func list(
    _ input: ListOpenIDConnectProvidersRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListOpenIDConnectProvidersResponse {
    let all = try transaction.scan(OpenIDProviderRecord.self, in: Scope(try context.account))
    return ListOpenIDConnectProvidersResponse(
      openIDConnectProviderList: all.map { OpenIDConnectProviderListEntry(arn: $0.arn) })
  }

  static func delete(
    _ input: DeleteOpenIDConnectProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let provider = try find(input.openIDConnectProviderArn, context, transaction)
    try transaction.delete(provider, in: Scope(provider.account))
    return NoMembers()
  }

  static func addClientID(
    _ input: AddClientIDToOpenIDConnectProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var provider = try find(input.openIDConnectProviderArn, context, transaction)
    if !provider.clientIDs.contains(input.clientID) { provider.clientIDs.append(input.clientID) }
    try check(provider.clientIDs, provider.thumbprints)
    try transaction.put(provider, in: Scope(provider.account))
    return NoMembers()
  }

  static func removeClientID(
    _ input: RemoveClientIDFromOpenIDConnectProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var provider = try find(input.openIDConnectProviderArn, context, transaction)
    provider.clientIDs.removeAll { $0 == input.clientID }
    try transaction.put(provider, in: Scope(provider.account))
    return NoMembers()
  }

  static func updateThumbprints(
    _ input: UpdateOpenIDConnectProviderThumbprintRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var provider = try find(input.openIDConnectProviderArn, context, transaction)
    try check(provider.clientIDs, input.thumbprintList)
    provider.thumbprints = input.thumbprintList
    try transaction.put(provider, in: Scope(provider.account))
    return NoMembers()
  }
}
