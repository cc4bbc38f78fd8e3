import Cloud
import Identity
import Wire

/// Becoming a role by a token of an OpenID Connect provider.
enum WebIdentity {
  static func run(
    _ input: AssumeRoleWithWebIdentityRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AssumeRoleWithWebIdentityResponse {
    let token = try WebToken(input.webIdentityToken)
    guard let role = try RoleRecord.find(arn: input.roleArn, transaction) else {
      throw .accessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity")
    }
    let provider = try verify(token, role.account, transaction)
    let audience = token.authorizedParty ?? token.audiences[0]
    try authorize(token, provider, input, role, context, transaction)

    let duration = input.durationSeconds ?? 3600
    guard duration <= role.maxSessionDuration else {
      throw .validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    }
    var session = SessionRecord(of: role, named: input.roleSessionName, duration: duration, transaction)
    session.federatedProvider = provider.arn
    session.sourceIdentity = token.sourceIdentity
    let request = SessionRequest(
      policy: input.policy, policyARNs: input.policyArns, tags: tags(of: token), transitiveKeys: token.transitiveKeys)
    let size = try request.apply(to: &session, transaction)
    try session.save(in: transaction)
    return AssumeRoleWithWebIdentityResponse(
      credentials: Credentials(session), subjectFromWebIdentityToken: token.subject,
      assumedRoleUser: AssumedRoleUser(role, input.roleSessionName), packedPolicySize: size, provider: provider.arn,
      audience: audience, sourceIdentity: token.sourceIdentity)
  }

  private static func tags(of token: WebToken) -> [Tag] {
    token.tags.sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) }
  }

  /// The provider that made a token.
  /// - Throws: InvalidIdentityToken, ExpiredTokenException.
  private static func verify(
    _ token: WebToken, _ account: AccountID, _ transaction: Transaction
  ) throws(AWSError) -> OpenIDProviderRecord {
    let url = token.issuer.hasPrefix("https://") ? String(token.issuer.dropFirst(8)) : token.issuer
    guard let provider = try transaction.get(OpenIDProviderRecord.self, Key(url), in: Scope(account)) else {
      throw .invalidIdentityToken("No OpenIDConnect provider found in your account for \(token.issuer)")
    }
    guard token.audiences.contains(where: provider.clientIDs.contains) else {
      throw .invalidIdentityToken("Incorrect token audience")
    }
    guard let keySet = provider.keySet else {
      throw .invalidIdentityToken(
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity "
          + "documentation for requirements")
    }
    guard token.isSigned(by: keySet) else {
      // unverified: the words.
      throw .invalidIdentityToken("The web identity token's signature is not valid.")
    }
    let now = transaction.now.epochSeconds
    guard now < token.expires else {
      let end = Timestamp(epochSeconds: token.expires)?.iso8601 ?? ""
      throw .expiredToken(
        "Token expired: current date/time \(transaction.now.iso8601) must be before the expiration date/time \(end)")
    }
    if let begin = token.notBefore, now < begin {
      throw .invalidIdentityToken("The web identity token is not valid yet.")
    }
    return provider
  }

  /// Asks the role's trust policy. Until now the caller is nobody but a bearer of a token.
  private static func authorize(
    _ token: WebToken, _ provider: OpenIDProviderRecord, _ input: AssumeRoleWithWebIdentityRequest, _ role: RoleRecord,
    _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    let host = provider.url
    var keys: [(name: String, value: ConditionValue)] = [
      ("aws:FederatedProvider", .single(provider.arn)), ("\(host):sub", .single(token.subject)),
      ("\(host):aud", .single(token.authorizedParty ?? token.audiences[0])),
      ("sts:RoleSessionName", .single(input.roleSessionName)),
    ]
    if token.authorizedParty != nil { keys.append(("\(host):oaud", .single(token.audiences[0]))) }
    if !token.methods.isEmpty { keys.append(("\(host):amr", .multiple(token.methods))) }
    if let source = token.sourceIdentity { keys.append(("sts:SourceIdentity", .single(source))) }
    keys +=
      SessionRequest(
        policy: nil, policyARNs: nil, tags: tags(of: token), transitiveKeys: token.transitiveKeys
      ).tagKeys
    var actions = ["sts:AssumeRoleWithWebIdentity"]
    if !token.tags.isEmpty { actions.append("sts:TagSession") }
    if token.sourceIdentity != nil { actions.append("sts:SetSourceIdentity") }
    for action in actions {
      try context.authorize(try AssumeRole.check(action, role.arn, keys, transaction), transaction)
    }
  }
}

/// Becoming a role by an assertion of a SAML 2.0 provider.
///
/// Role and provider are checked; the assertion's XML signature is not, so no assertion is ever believed and none gives
/// credentials.
enum SAMLIdentity {
  static func run(
    _ input: AssumeRoleWithSAMLRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AssumeRoleWithSAMLResponse {
    guard let role = try RoleRecord.find(arn: input.roleArn, transaction) else {
      throw .accessDenied("Not authorized to perform sts:AssumeRoleWithSAML")
    }
    guard let provider = try SAMLProviderRecord.find(arn: input.principalArn, transaction),
      provider.account == role.account
    else { throw .invalidIdentityToken("Specified provider doesn't exist") }
    throw AWSError(
      "NotImplemented",
      "The signature of an assertion of \(provider.arn) cannot be verified: XML signatures are not built in Hakoniwa; see "
        + "docs/sts.md.", status: 501, fault: .receiver)
  }
}
