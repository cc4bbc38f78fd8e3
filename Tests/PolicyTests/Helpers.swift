import Foundation
import Testing

@testable import Policy

/// Reads a file of `Tests/Corpora/iam`, line by line.
func corpus(_ name: String) throws -> [String] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let text = try String(contentsOf: folder.appending(path: "Corpora/iam/\(name)"), encoding: .utf8)
  return text.split(separator: "\n").map(String.init)
}

func document(_ text: String) throws -> PolicyDocument { try PolicyDocument(parsing: text) }

func source(_ text: String, _ kind: PolicySource.Kind = .managed, name: String = "p", arn: String? = nil) throws
  -> PolicySource
{
  PolicySource(kind, name: name, arn: arn, try document(text))
}

/// One statement in a document of the new version.
func one(_ statement: String, _ kind: PolicySource.Kind = .managed, name: String = "p", arn: String? = nil) throws
  -> PolicySource
{
  try source(#"{"Version":"2012-10-17","Statement":[\#(statement)]}"#, kind, name: name, arn: arn)
}

let allowAll = #"{"Effect":"Allow","Action":"*","Resource":"*"}"#
let ann = Principal(.user(arn: "arn:aws:iam::111122223333:user/ann", id: "AIDAANN"))
let session = Principal(
  .roleSession(
    arn: "arn:aws:sts::111122223333:assumed-role/app/s1", roleARN: "arn:aws:iam::111122223333:role/team/app",
    roleID: "AROAAPP", name: "s1"))

/// Ann reading an object of her account.
func read(
  _ principal: Principal = ann, resource: String = "arn:aws:s3:::bkt/k", owner: String = "111122223333",
  _ context: ConditionContext = [:]
) -> AuthorizationRequest {
  AuthorizationRequest(
    principal: principal, action: "s3:GetObject", resource: resource, resourceAccount: owner, context: context)
}
