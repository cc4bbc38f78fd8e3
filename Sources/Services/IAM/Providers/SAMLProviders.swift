import Cloud
import Identity
import Wire

/// Providers of SAML 2.0 identities.
enum SAMLProviders {
  static func find(
    _ arn: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> SAMLProviderRecord {
    guard let provider = try SAMLProviderRecord.find(arn: arn, transaction), provider.account == (try context.account)
    else { throw .noSuchEntity("Manifest not found for arn \(arn)") }
    return provider
  }

  /// - Throws: InvalidInput if a document is not the metadata of an identity provider.
  private static func check(_ metadata: String) throws(AWSError) {
    guard metadata.contains("EntityDescriptor"), metadata.contains("IDPSSODescriptor") else {
      throw .invalidInput("Could not parse metadata")
    }
  }

  static func create(
    _ input: CreateSAMLProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateSAMLProviderResponse {
    let account = try context.account
    try check(input.samlMetadataDocument)
    guard try !transaction.contains(SAMLProviderRecord.self, Key(input.name), in: Scope(account)) else {
      throw .alreadyExists("SAML Provider entity at path / and name \(input.name) already exists.")
    }
    let limit = Quota.samlProviders
    guard try transaction.count(SAMLProviderRecord.self, in: Scope(account), limit: limit) < limit else {
      throw .quota("SAMLProvidersPerAccount", limit)
    }
    let now = transaction.now.wholeSeconds
    var provider = SAMLProviderRecord(
      account: account, name: input.name, id: transaction.random.text(20, .upperAlphanumeric), created: now,
      metadata: input.samlMetadataDocument,
      // unverified: AWS takes the certificate's end, or a hundred years.
      validUntil: now.adding(seconds: 100 * 365 * 86_400))
    provider.tags = try Tag.records(input.tags)
    try transaction.insert(provider, in: Scope(account))
    return CreateSAMLProviderResponse(samlProviderArn: provider.arn, tags: tagList(provider.tags))
  }

  static func get(
    _ input: GetSAMLProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetSAMLProviderResponse {
    let provider = try find(input.samlProviderArn, context, transaction)
    return GetSAMLProviderResponse(
      samlProviderUUID: provider.id, samlMetadataDocument: provider.metadata, createDate: provider.created,
      validUntil: provider.validUntil, tags: tagList(provider.tags))
  }

  static func list(
    _ input: ListSAMLProvidersRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListSAMLProvidersResponse {
    let all = try transaction.scan(SAMLProviderRecord.self, in: Scope(try context.account))
    return ListSAMLProvidersResponse(
      samlProviderList: all.map {
        SAMLProviderListEntry(arn: $0.arn, validUntil: $0.validUntil, createDate: $0.created)
      })
  }

  static func update(
    _ input: UpdateSAMLProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> UpdateSAMLProviderResponse {
    var provider = try find(input.samlProviderArn, context, transaction)
    if let metadata = input.samlMetadataDocument {
      try check(metadata)
      provider.metadata = metadata
      try transaction.put(provider, in: Scope(provider.account))
    }
    return UpdateSAMLProviderResponse(samlProviderArn: provider.arn)
  }

  static func delete(
    _ input: DeleteSAMLProviderRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let provider = try find(input.samlProviderArn, context, transaction)
    try transaction.delete(provider, in: Scope(provider.account))
    return NoMembers()
  }
}
