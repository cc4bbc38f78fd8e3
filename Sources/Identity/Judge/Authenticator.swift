import Cloud
import SigV4
import Wire

/// Says who signed a request, by the secrets that IAM and STS have given out.
public struct Authenticator: Sendable {
  private let verifier = SignatureVerifier()
  private let organizations: OrganizationTrees

  /// - Parameter organizations: knows which accounts are closed.
  public init(organizations: OrganizationTrees) { self.organizations = organizations }

  /// A caller whose signature is right.
  public struct Authenticated: Sendable {
    public var caller: Caller
    /// What is left to check of the body.
    public var signature: VerifiedSignature
  }

  /// Verifies a signature.
  /// - Parameter family: how the service words its refusals.
  /// - Throws: the refusal in the service's words.
  public func authenticate(
    _ presented: PresentedAuthorization, of request: SignedRequest, family: ProtocolFamily, _ transaction: Transaction
  ) throws(AWSError) -> Authenticated {
    let credential = try find(presented.accessKeyID, transaction)
    // Clients sign by their machines' clocks, wherever the cloud's has been moved to; sessions end by the cloud's.
    let now = SigningTime(epochSeconds: CloudClock.machineNow.seconds)
    do throws(AuthenticationFailure) {
      let verified = try verifier.verify(request, presented, now: now) { presented in
        Authenticator.lookUp(credential, token: presented.securityToken, transaction.now)
      }
      guard let credential else { throw AuthenticationFailure.unknownAccessKey(presented.accessKeyID) }
      return Authenticated(caller: credential.caller, signature: verified)
    } catch {
      throw AWSError(error.error(for: family))
    }
  }

  /// Verifies a presigned URL of Signature Version 2, which only S3 takes.
  /// - Parameter bucket: the bucket that the host names.
  /// - Throws: the refusal in S3's words.
  public func authenticate(
    _ presented: PresignedVersion2, of request: SignedRequest, bucket: String?, _ transaction: Transaction
  ) throws(AWSError) -> Caller {
    let credential = try find(presented.accessKeyID, transaction)
    let secret = Authenticator.lookUp(credential, token: presented.securityToken, transaction.now)
    let now = SigningTime(epochSeconds: CloudClock.machineNow.seconds)
    do throws(AuthenticationFailure) {
      try presented.verify(request, bucket: bucket, secret: secret, now: now)
      guard let credential else { throw AuthenticationFailure.unknownAccessKey(presented.accessKeyID) }
      return credential.caller
    } catch {
      throw AWSError(error.error(for: .s3))
    }
  }

  /// Verifies the policy of an HTML form posted to S3.
  /// - Throws: the refusal in S3's words.
  public func authenticate(_ form: PostPolicySignature, _ transaction: Transaction) throws(AWSError) -> Caller {
    let key = form.credential.map { String($0.prefix { $0 != "/" }) } ?? ""
    let credential = try find(key, transaction)
    do throws(AuthenticationFailure) {
      _ = try verifier.verify(form) { presented in
        Authenticator.lookUp(credential, token: presented.securityToken, transaction.now)
      }
      guard let credential else { throw AuthenticationFailure.unknownAccessKey(key) }
      return credential.caller
    } catch {
      throw AWSError(error.error(for: .s3))
    }
  }

  /// Verifies the policy of an HTML form posted to S3 under Signature Version 2.
  /// - Throws: the refusal in S3's words.
  public func authenticate(_ form: PostPolicyVersion2, _ transaction: Transaction) throws(AWSError) -> Caller {
    let credential = try find(form.accessKeyID, transaction)
    let secret = Authenticator.lookUp(credential, token: form.securityToken, transaction.now)
    do throws(AuthenticationFailure) {
      try form.verify(secret: secret)
      guard let credential else { throw AuthenticationFailure.unknownAccessKey(form.accessKeyID) }
      return credential.caller
    } catch {
      throw AWSError(error.error(for: .s3))
    }
  }

  /// The credential of an access key; nothing if there is none, or its account is closed.
  /// unverified: that AWS answers as if the key did not exist.
  private func find(_ accessKeyID: String, _ transaction: Transaction) throws(AWSError) -> Credential? {
    guard let credential = try Credentials.find(accessKeyID, in: transaction) else { return nil }
    if let account = credential.caller.account, try !organizations.isOpen(account, in: transaction) { return nil }
    return credential
  }

  private static func lookUp(_ credential: Credential?, token: String?, _ now: Timestamp) -> SecretLookup {
    guard let credential else { return .unknownAccessKey }
    if !credential.isActive { return .inactiveAccessKey }
    if let wanted = credential.sessionToken {
      guard token == wanted else { return .invalidToken }
    } else if token != nil, credential.caller.accessKeyID?.hasPrefix("AKIA") == true {
      return .invalidToken
    }
    if let expires = credential.expires, expires <= now { return .expiredToken }
    return .secret(credential.secretAccessKey)
  }
}

extension AWSError {
  /// A refusal in AWS's words.
  public init(_ refusal: AuthenticationError) {
    self.init(
      refusal.code, refusal.message, status: refusal.status,
      fields: refusal.fields.map { ($0.name, .string($0.value)) })
  }
}
