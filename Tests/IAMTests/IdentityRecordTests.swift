import Cloud
import Identity
import Policy
import Testing
import Wire

@testable import IAM

@Suite("Ids")
struct UniqueIDTests {
  @Test("an id tells its kind and account", arguments: ["000000000000", "123456789012", "999999999999"])
  func account(number: String) throws {
    let account = try #require(AccountID(number))
    for kind in UniqueID.Kind.allCases {
      let id = UniqueID.make(kind, for: account, RandomSource())
      #expect(id.utf8.count == (kind == .accessKey || kind == .temporaryAccessKey ? 20 : 21))
      let read = try #require(UniqueID.read(id))
      #expect(read.kind == kind)
      #expect(read.account == account)
    }
  }

  @Test("a real key's account is read as AWS counts it")
  func real() {
    // Published example of aws.permissions.cloud and others: ASIAQNZGKIQY56JQ7WML belongs to 029608264753.
    #expect(UniqueID.read("ASIAQNZGKIQY56JQ7WML")?.account == AccountID("029608264753"))
  }

  @Test(
    "what is no id is none",
    arguments: ["", "AKIA", "AKIAIOSFODNN7EXAMPL", "XXXXIOSFODNN7EXAMPLE", "AKIA0000000000000000"])
  func nonsense(text: String) { #expect(UniqueID.read(text) == nil) }
}

@Suite("One-time passwords")
struct OneTimePasswordTests {
  @Test(
    "codes are those of RFC 6238, appendix B, in six digits",
    arguments: [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")])
  func codes(seconds: Int64, code: String) {
    #expect(OneTimePassword.code(seed: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", step: seconds / 30) == code)
  }

  @Test("a code counts once")
  func once() {
    var device = MFADeviceRecord(account: .first, name: "d", path: "/", seed: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    let now = Timestamp(seconds: 59)
    let answers = ["287082", "287082", "000000"].map { device.accept($0, at: now) }
    #expect(answers == [true, false, false])
  }
}

@Suite("AWS's own policies")
struct AWSManagedPolicyTests {
  @Test("every document is a policy, under its ARN")
  func documents() {
    #expect(AWSManagedPolicies.all.count > 190)
    for policy in AWSManagedPolicies.all {
      #expect(policy.policy.document != nil, "\(policy.name)")
      #expect(AWSManagedPolicies.find(arn: policy.arn)?.name == policy.name)
    }
  }

  @Test("paths are AWS's")
  func paths() {
    #expect(AWSManagedPolicies.find(arn: "arn:aws:iam::aws:policy/AdministratorAccess") != nil)
    #expect(AWSManagedPolicies.find(arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole") != nil)
    #expect(AWSManagedPolicies.find(arn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess") != nil)
  }
}

@Suite("Pinned principals")
struct PinningTests {
  private func policy(_ principal: String) -> String {
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\#(principal),"Action":"sts:AssumeRole"}]}"#
  }

  @Test("users and roles become ids and come back as long as they live")
  func roundTrip() async throws {
    let lab = try Laboratory()
    let user = try await lab.call(Users.create, CreateUserRequest(path: "/p/", userName: "ann")).user
    let arn = try #require(user?.arn)
    let text = policy(#"{ "AWS": ["\#(arn)", "123456789012", "*"], "Service": "ec2.amazonaws.com" }"#)
    let pinned = try await lab.run { transaction throws(AWSError) in try Principals.pin(text, in: transaction) }
    #expect(
      pinned
        == policy(
          #"{"AWS":["\#(user?.userId ?? "")","arn:aws:iam::123456789012:root","*"],"Service":"ec2.amazonaws.com"}"#))
    let rendered = try await lab.run { transaction throws(AWSError) in try Principals.render(pinned, in: transaction) }
    #expect(rendered.contains(arn))
    _ = try await lab.call(Users.delete, DeleteUserRequest(userName: "ann"))
    _ = try await lab.call(Users.create, CreateUserRequest(path: "/p/", userName: "ann"))
    let dead = try await lab.run { transaction throws(AWSError) in try Principals.render(pinned, in: transaction) }
    #expect(dead == pinned)
  }

  @Test(
    "who is not there is told as AWS does",
    arguments: [
      ("AWS", "arn:aws:iam::000000000000:user/none"), ("AWS", "arn:aws:iam::000000000000:group/g"), ("AWS", "none"),
      ("AWS", "AIDAQAAAAAAAAAAAAAAAA"), ("SERVICE", "ec2.example.com"),
    ])
  func unknown(type: String, name: String) async throws {
    let lab = try Laboratory()
    let text = policy(#"{"\#(type == "AWS" ? "AWS" : "Service")":"\#(name)"}"#)
    do {
      _ = try await lab.run { transaction throws(AWSError) in try Principals.pin(text, in: transaction) }
      Issue.record("it was accepted")
    } catch let error as AWSError {
      #expect(error.code == "MalformedPolicyDocument")
      #expect(error.message == "Invalid principal in policy: \"\(type)\":\"\(name)\"")
    }
  }

  @Test("other members named Principal are left alone")
  func elsewhere() async throws {
    let lab = try Laboratory()
    let text =
      #"{"Statement":{"Effect":"Deny","Principal":"*","Condition":{"StringEquals":{"Principal":{"AWS":"x"}}}}}"#
    #expect(try await lab.run { transaction throws(AWSError) in try Principals.pin(text, in: transaction) } == text)
  }
}
