#include "sync/join.h"

#include <sodium.h>

#include "sync/http_words.h"
#include "town/node_key.h"
#include "town/nodes/nodes.h"

namespace sonae::sync {

namespace {

constexpr int kPatienceMs = 20'000;

struct JoinRequest {
  std::string number;
  std::string proof;  // base64
};
BOOST_DESCRIBE_STRUCT(JoinRequest, (), (number, proof))

struct JoinAnswer {
  std::string sealed;  // base64
  std::string proof;
};
BOOST_DESCRIBE_STRUCT(JoinAnswer, (), (sealed, proof))

const unsigned char* raw(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

Bytes hmac(BytesView secret, char side, const PublicKey& server, const PublicKey& client,
           const std::string& number, BytesView more = {}) {
  const Hash key = sha256({"sonae join key", secret});
  const Bytes text =
      "sonae join 1" + Bytes(1, side) + Bytes(server.bytes()) + Bytes(client.bytes()) + number + Bytes(more);
  Bytes made(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256(raw(made), raw(text), text.size(), raw(key.bytes()));
  return made;
}

Result<Bytes> seal(const PublicKey& to, BytesView content) {
  Bytes curve(crypto_box_PUBLICKEYBYTES, '\0'), sealed(content.size() + crypto_box_SEALBYTES, '\0');
  if (crypto_sign_ed25519_pk_to_curve25519(raw(curve), raw(to.bytes())) != 0)
    return fail(ErrorCode::invalid_input, {"鍵が使えません", "This key cannot be used"});
  crypto_box_seal(raw(sealed), raw(content), content.size(), raw(curve));
  return sealed;
}

Result<Bytes> open_sealed(const SigningKey& key, BytesView sealed) {
  const auto refused = [] {
    return fail(ErrorCode::corrupt, {"受け取った内容を開けません", "What was handed over cannot be opened"});
  };
  if (sealed.size() < crypto_box_SEALBYTES) return refused();
  const Bytes whole = Bytes(key.seed()) + Bytes(key.public_key().bytes());
  Bytes secret(crypto_box_SECRETKEYBYTES, '\0'), open(crypto_box_PUBLICKEYBYTES, '\0');
  crypto_sign_ed25519_sk_to_curve25519(raw(secret), raw(whole));
  crypto_scalarmult_base(raw(open), raw(secret));
  Bytes content(sealed.size() - crypto_box_SEALBYTES, '\0');
  const int failed = crypto_box_seal_open(raw(content), raw(sealed), sealed.size(), raw(open), raw(secret));
  sodium_memzero(secret.data(), secret.size());
  if (failed != 0) return refused();
  return content;
}

Result<std::unique_ptr<TlsStream>> connect_to_one_of(const std::vector<std::string>& addresses,
                                                     const SigningKey& key, std::string& reached) {
  std::optional<Error> last;
  for (const std::string& address : addresses) {
    auto stream = TlsStream::connect(TRY(parse_address(address)), key, kPatienceMs);
    reached = address;
    if (stream) return stream;
    last = stream.error();
  }
  if (last) return std::unexpected(*last);
  return fail(ErrorCode::invalid_input, {"宛先がありません", "There is no address to join at"}, "--from",
              {"招いたノードの 宛先:ポート を --from で指定してください",
               "Give the inviting node's ADDRESS:PORT with --from"});
}

}  // namespace

Result<Bytes> answer_join(service::TownService& service, Invitations& invitations, const PublicKey& client,
                          BytesView request) {
  const JoinRequest asked = TRY(from_json_text<JoinRequest>(request));
  const Invitation invitation = TRY(invitations.find(asked.number));
  const Bytes secret = TRY(from_base64(invitation.secret));
  const Bytes proof = TRY(from_base64(asked.proof));
  town::Town& town = service.town();
  const PublicKey& own = town.journal().node_public_key();
  if (!same_secret(proof, hmac(secret, '\x01', own, client, asked.number))) {
    TRY(invitations.note_failure(asked.number));
    return fail(ErrorCode::forbidden, {"この符号は使えません", "This code does not hold"});
  }
  const NodeId node = node_id_of(client);
  const bool again = invitation.used_by == node;
  TRY(invitations.note_use(asked.number, node));
  if (!again)
    TRY(service.nodes().enrol(
        {node, to_base64(client.bytes()), invitation.name, invitation.place, invitation.by, asked.number},
        invitation.under));
  town::TownProfile profile = town.profile();
  profile.anchors.push_back(town.journal().node());
  const Bytes sealed = TRY(seal(client, to_text(to_json(profile))));
  return to_text(to_json(
      JoinAnswer{to_base64(sealed), to_base64(hmac(secret, '\x02', own, client, asked.number, sealed))}));
}

Result<Joined> join(Env& env, const town::Places& places, const std::string& directory,
                    const JoinText& text) {
  if (env.disk.status(directory + "/town.json"))
    return fail(ErrorCode::conflict, {"すでに町があります", "There is a town here already"}, directory);
  const SigningKey key = SigningKey::generate(env.random);
  Joined joined{directory, {}, node_id_of(key.public_key()), {}, {}};
  const auto stream = TRY(connect_to_one_of(text.addresses, key, joined.address));
  joined.invited_by = node_id_of(stream->peer());
  const auto impostor = [&] {
    return fail(ErrorCode::unauthenticated,
                {"相手は招いたノードではありません", "That is not the node which invited"}, joined.address,
                {"符号と宛先を確かめてください", "Check the code and the address"});
  };
  if (text.node && *text.node != joined.invited_by) return impostor();
  const std::string number = number_of_code(text.secret);
  const JoinRequest request{number,
                            to_base64(hmac(text.secret, '\x01', stream->peer(), key.public_key(), number))};
  TRY(write_all(*stream, request_to_join(to_text(to_json(request))), kPatienceMs));
  const HttpMessage message = TRY(read_message(*stream, kPatienceMs));
  if (message.head.first_line.find(" 200 ") == std::string::npos)
    return fail(ErrorCode::forbidden, {"この符号は使えません", "This code does not hold"}, joined.address,
                {"期限（10分）が過ぎたか、使用済みか、打ち間違いです",
                 "It has expired (ten minutes), was used, or was mistyped"});
  const JoinAnswer answer = TRY(from_json_text<JoinAnswer>(message.body));
  const Bytes sealed = TRY(from_base64(answer.sealed)), proof = TRY(from_base64(answer.proof));
  if (!same_secret(proof, hmac(text.secret, '\x02', stream->peer(), key.public_key(), number, sealed)))
    return impostor();
  const auto profile = TRY(from_json_text<town::TownProfile>(TRY(open_sealed(key, sealed))));
  TRY(town::make_directory(env, directory, profile));
  TRY(town::adopt_node_key(env, places.keys, profile.id, directory, key));
  joined.town = profile.name;
  return joined;
}

}  // namespace sonae::sync
